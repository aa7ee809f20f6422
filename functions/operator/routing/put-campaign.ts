import { records } from '#shared/contract/catalog/records.ts'
import type { Reply } from '#shared/contract/route.ts'
import { program } from '#shared/domain/catalog/program.ts'
import type { Endpoint } from '#shared/domain/routing/campaign.ts'
import { type Request, serve } from '#shared/http/api.ts'
import { newWebhookSecret } from '#shared/outbound/webhook/signature.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { saveHeaderSecretsWrite } from '#shared/store/delivery/header-secrets.ts'
import { reopenWrites } from '#shared/store/delivery/lines.ts'
import { saveSecretWrite } from '#shared/store/delivery/webhook-secrets.ts'
import { writeRecord } from '#shared/workflows/catalog/write-record.ts'
import { refuseFields, requireReferences } from '../catalog/require-references.ts'
import { faultsOfEndpoint } from '../delivery/faults-of-endpoint.ts'

const route = records.campaigns.put
type Needs = Pick<
  Dependencies,
  'records' | 'composed' | 'webhookSecrets' | 'headerSecrets' | 'sealer' | 'faultOfUrl' | 'randomBytes' | 'now'
>
type Body = Request<typeof route>['body']

/** What a school buys. Leads reach it from the moment that this is answered; a webhook secret made here is shown once. */
export async function putCampaign(request: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const { params, body, headers } = request
  await requireOwnPrograms(body, needs)
  const { endpoint: _, ...terms } = body
  const { endpoint, headerSecrets, secret, isNew } = await endpointOf(params.id, body, needs)
  await refuseEndpoints(params.id, { ...terms, endpoint, headerSecrets }, needs)
  const at = needs.now().toISOString()
  const seal = (value: string) => needs.sealer.seal(params.id, value)
  const sealed = Object.entries(headerSecrets).map(([name, value]) => [name, seal(value)] as const)
  const also = [
    ...(secret ? [saveSecretWrite(params.id, seal(secret), at)] : []),
    ...(sealed.length > 0 ? [saveHeaderSecretsWrite(params.id, Object.fromEntries(sealed))] : []),
    ...reopenWrites(body.schoolId, params.id),
  ]
  const campaign = { ...terms, endpoint }
  const { created, ...written } = await writeRecord(
    'campaigns',
    { id: params.id, body: campaign, ifMatch: headers['if-match'], also },
    needs,
  )
  const shownOnce = isNew && secret ? { secret } : {}
  return {
    status: created ? 201 : 200,
    headers: written.headers,
    body: { ...campaign, ...written.record, ...shownOnce },
  }
}

async function requireOwnPrograms({ schoolId, programIds }: Body, needs: Needs): Promise<void> {
  const [, ...programs] = await requireReferences(
    [
      { pointer: '/schoolId', kind: 'schools', id: schoolId },
      ...programIds.map((id, index) => ({ pointer: `/programIds/${index}`, kind: 'programs', id }) as const),
    ],
    needs,
  )
  refuseFields(
    programs.flatMap((kept, index) =>
      kept && program.parse(kept.body).schoolId !== schoolId
        ? [{ pointer: `/programIds/${index}`, code: 'not_of_school', detail: `is not a program of ${schoolId}` }]
        : [],
    ),
  )
}

async function endpointOf(id: string, { endpoint: given, testEndpoint }: Body, needs: Needs) {
  if (given.kind === 'email') {
    // Test leads that go to a webhook are signed as any other.
    const made = testEndpoint?.kind === 'webhook' ? await secretFor(id, undefined, needs) : {}
    return { endpoint: given, headerSecrets: {}, ...made }
  }
  const { secret, headerSecrets = {}, ...endpoint } = given
  return { endpoint, headerSecrets, ...(await secretFor(id, secret, needs)) }
}

type Secret = { secret?: string | undefined; isNew?: true }

/** The secret that was given, or a new one where none is live. */
async function secretFor(id: string, given: string | undefined, needs: Needs): Promise<Secret> {
  const { webhookSecrets, randomBytes, now } = needs
  if (given || (await webhookSecrets.live(id, now().toISOString())).length > 0) return { secret: given }
  return { secret: newWebhookSecret(randomBytes), isNew: true }
}

type Endpoints = Pick<Body, 'testEndpoint'> & { endpoint: Endpoint; headerSecrets: { [name: string]: string } }

async function refuseEndpoints(id: string, { endpoint, testEndpoint, headerSecrets }: Endpoints, needs: Needs) {
  const secrets = Object.keys({ ...(await needs.headerSecrets.sealedOf(id)), ...headerSecrets })
  refuseFields([
    ...(await faultsOfEndpoint({ endpoint, above: '/endpoint', secrets }, needs)),
    ...(testEndpoint ? await faultsOfEndpoint({ endpoint: testEndpoint, above: '/testEndpoint', secrets }, needs) : []),
  ])
}

export const handler = serve(route, putCampaign)
