import { records } from '#shared/contract/catalog/records.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import { toOwnerName } from '#shared/domain/catalog/generation.ts'
import { program } from '#shared/domain/catalog/program.ts'
import { listRecipients } from '#shared/domain/delivery/email-endpoint.ts'
import { campaign, type DeliveryEndpoint } from '#shared/domain/routing/campaign.ts'
import { editAsStaff } from '#shared/domain/routing/edits/edit-campaign.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { createWebhookSecret } from '#shared/outbound/webhook/signature.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { StoredRecord } from '#shared/store/catalog/record-store.ts'
import { enableEndpointWrites } from '#shared/store/delivery/endpoint-health-store.ts'
import { saveHeaderSecretsWrite, sftpSecretNames } from '#shared/store/delivery/header-secret-store.ts'
import { saveSecretWrite } from '#shared/store/delivery/webhook-secret-store.ts'
import { addReferenceWrites } from '#shared/workflows/catalog/reference-writes.ts'
import { type WriteRecordDependencies, writeRecord } from '#shared/workflows/catalog/write-record.ts'
import { refuseFields, refuseMove, requireReferences } from '../catalog/require-references.ts'
import { findEndpointFaults } from '../delivery/find-endpoint-faults.ts'

const route = records.campaigns.put
export type PutCampaignDependencies = WriteRecordDependencies &
  Pick<Dependencies, 'webhookSecrets' | 'headerSecrets' | 'sealer' | 'findUrlProblem' | 'randomBytes'>
type Body = Request<typeof route>['body']

/**
 * Writes a campaign. It competes for leads once this has returned. The response shows a newly created webhook secret.
 * @throws Refusal for programs of another school, and for endpoints that cannot be used
 */
export async function putCampaign(
  request: Request<typeof route>,
  deps: PutCampaignDependencies,
): Promise<Reply<typeof route>> {
  const { params, body, headers, principal } = request
  refuseMove('campaign', body.schoolId, await deps.records.get('campaigns', params.id))
  const references = await requireOwnPrograms(body, deps)
  const { endpoint: _, ...terms } = body
  const { endpoint, headerSecrets, secret, isNew } = await prepareEndpoint(params.id, body, deps)
  await refuseEndpoints(params.id, { ...terms, endpoint, headerSecrets }, deps)
  const at = deps.now().toISOString()
  const seal = (value: string) => deps.sealer.seal(params.id, value)
  const sealedHeaderSecrets = Object.entries(headerSecrets).map(([name, value]) => [name, seal(value)] as const)
  const also = (current: StoredRecord | undefined) => [
    ...(secret ? [saveSecretWrite(params.id, seal(secret), at)] : []),
    ...(sealedHeaderSecrets.length > 0
      ? [saveHeaderSecretsWrite(params.id, Object.fromEntries(sealedHeaderSecrets))]
      : []),
    ...enableEndpointWrites(toOwnerName(references.school), {
      campaignId: params.id,
      mailboxes: [endpoint, terms.testEndpoint].flatMap(listMailboxes),
    }),
    ...addReferenceWrites('campaigns', params.id, references.all, current),
  ]
  const guardedBody = (previous: StoredRecord | undefined) => {
    refuseMove('campaign', body.schoolId, previous)
    return editAsStaff({ ...terms, endpoint }, previous && campaign.parse(previous.body), at)
  }
  const auditedFields = { ...(secret && { secret }), ...(sealedHeaderSecrets.length > 0 && { headerSecrets }) }
  const ifMatch = headers['if-match']
  const written = await writeRecord(
    'campaigns',
    { id: params.id, body: guardedBody, ifMatch, actor: toActor(principal), auditedFields, also },
    deps,
  )
  const { counters: _counters, ...publicFields } = campaign.parse(written.body)
  const shownOnce = isNew && secret ? { secret } : {}
  return {
    status: written.status,
    headers: written.headers,
    body: { ...publicFields, ...written.version, ...shownOnce },
  }
}

function listMailboxes(endpoint: DeliveryEndpoint | undefined): string[] {
  if (!endpoint) return []
  if (endpoint.kind === 'sftp') return []
  if (endpoint.kind !== 'webhook') return [...listRecipients(endpoint)]
  return endpoint.fallbackTo === undefined ? [] : [endpoint.fallbackTo]
}

/** Returns the school and the programs of a campaign. @throws Refusal for each that does not exist or is of another school */
export async function requireOwnPrograms({ schoolId, programIds }: Body, deps: PutCampaignDependencies) {
  const [school, ...programs] = await requireReferences(
    [
      { pointer: '/schoolId', kind: 'schools', id: schoolId },
      ...programIds.map((id, index) => ({ pointer: `/programIds/${index}`, kind: 'programs', id }) as const),
    ],
    deps,
  )
  refuseFields(
    programs.flatMap((record, index) =>
      record && program.parse(record.body).schoolId !== schoolId
        ? [{ pointer: `/programIds/${index}`, code: 'not_of_school', detail: `is not a program of ${schoolId}` }]
        : [],
    ),
  )
  if (!school) throw new Error('requireReferences returns every record.')
  const programReferences = programs.flatMap((record) => (record ? [{ kind: 'programs', record } as const] : []))
  return { school, all: [{ kind: 'schools', record: school } as const, ...programReferences] }
}

async function prepareEndpoint(
  id: string,
  { endpoint: endpointInput, testEndpoint }: Body,
  deps: PutCampaignDependencies,
) {
  if (endpointInput.kind !== 'webhook') {
    // Test leads that are sent to a webhook are signed, too.
    const newSecret = testEndpoint?.kind === 'webhook' ? await resolveSecret(id, undefined, deps) : {}
    return { ...splitSftpSecrets(endpointInput), ...newSecret }
  }
  const { secret, headerSecrets = {}, ...endpoint } = endpointInput
  return { endpoint, headerSecrets, ...(await resolveSecret(id, secret, deps)) }
}

/** The secrets of an SFTP endpoint are stored sealed, next to those of headers. */
function splitSftpSecrets(input: Exclude<Body['endpoint'], { kind: 'webhook' }>): {
  endpoint: DeliveryEndpoint
  headerSecrets: { [name: string]: string }
} {
  if (input.kind !== 'sftp') return { endpoint: input, headerSecrets: {} }
  const { password, privateKey, ...endpoint } = input
  return {
    endpoint,
    headerSecrets: {
      ...(password !== undefined && { [sftpSecretNames.password]: password }),
      ...(privateKey !== undefined && { [sftpSecretNames.privateKey]: privateKey }),
    },
  }
}

type ResolvedSecret = { secret?: string | undefined; isNew?: true }

/** Returns the secret of the request, or a new one if the campaign has none. */
async function resolveSecret(
  id: string,
  suppliedSecret: string | undefined,
  deps: PutCampaignDependencies,
): Promise<ResolvedSecret> {
  const { webhookSecrets, randomBytes, now } = deps
  if (suppliedSecret || (await webhookSecrets.listLive(id, now().toISOString())).length > 0)
    return { secret: suppliedSecret }
  return { secret: createWebhookSecret(randomBytes), isNew: true }
}

type CampaignEndpoints = Pick<Body, 'testEndpoint' | 'sendIpAndUserAgent'> & {
  endpoint: DeliveryEndpoint
  headerSecrets: { [name: string]: string }
}

async function refuseEndpoints(
  id: string,
  { endpoint, testEndpoint, sendIpAndUserAgent, headerSecrets }: CampaignEndpoints,
  deps: PutCampaignDependencies,
) {
  const secrets = Object.keys({ ...(await deps.headerSecrets.getSealed(id)), ...headerSecrets })
  const common = { secrets, sendIpAndUserAgent }
  refuseFields([
    ...(await findEndpointFaults({ ...common, endpoint, parentPointer: '/endpoint' }, deps)),
    ...(testEndpoint
      ? await findEndpointFaults({ ...common, endpoint: testEndpoint, parentPointer: '/testEndpoint' }, deps)
      : []),
  ])
}

export const handler = defineHandler(route, putCampaign)
