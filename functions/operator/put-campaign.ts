import { records } from '#shared/contract/records.ts'
import type { Reply } from '#shared/contract/route.ts'
import { program } from '#shared/domain/program.ts'
import { newWebhookSecret } from '#shared/outbound/signature.ts'
import { type Request, serve } from '#shared/runtime/api.ts'
import type { Dependencies } from '#shared/runtime/dependencies.ts'
import { saveSecretWrite } from '#shared/store/credentials.ts'
import { reopenWrites } from '#shared/store/lines.ts'
import { refuseFields, requireReferences } from './require-references.ts'
import { writeRecord } from './write-record.ts'

const route = records.campaigns.put
type Needs = Pick<
  Dependencies,
  'records' | 'composed' | 'credentials' | 'sealer' | 'faultOfUrl' | 'randomBytes' | 'now'
>
type Body = Request<typeof route>['body']

/** What a school buys. Leads reach it from the moment that this is answered; a webhook secret made here is shown once. */
export async function putCampaign(request: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const { params, body, headers } = request
  await requireOwnPrograms(body, needs)
  const { endpoint: given, ...terms } = body
  const { endpoint, secret, isNew } = await endpointOf(params.id, given, needs)
  const kept = secret ? [saveSecretWrite(params.id, needs.sealer.seal(params.id, secret))] : []
  const also = [...kept, ...reopenWrites(body.schoolId, params.id)]
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

async function endpointOf(id: string, given: Body['endpoint'], { credentials, faultOfUrl, randomBytes }: Needs) {
  if (given.kind === 'email') return { endpoint: given }
  const { secret, ...endpoint } = given
  const detail = faultOfUrl(endpoint.url)
  refuseFields(detail ? [{ pointer: '/endpoint/url', code: 'forbidden_url', detail }] : [])
  if (secret || (await credentials.sealedSecrets(id)).length > 0) return { endpoint, secret }
  return { endpoint, secret: newWebhookSecret(randomBytes), isNew: true }
}

export const handler = serve(route, putCampaign)
