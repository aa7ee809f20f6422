import { records } from '#shared/contract/catalog/records.ts'
import type { Reply } from '#shared/contract/route.ts'
import { turnstileSecretContext } from '#shared/domain/capture/source.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { newAccessKey } from '#shared/platform/access-keys.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { sha256 } from '#shared/platform/digests.ts'
import { saveKeyWrite } from '#shared/store/access/access-key-store.ts'
import { writeRecord } from '#shared/workflows/catalog/write-record.ts'

const route = records.sources.put
type PutSourceDependencies = Pick<Dependencies, 'records' | 'composed' | 'randomBytes' | 'sealer' | 'now'>

/** A source gets its publishable key when it is first written, and keeps it: also where two write it first at once. */
export async function putSource(
  request: Request<typeof route>,
  deps: PutSourceDependencies,
): Promise<Reply<typeof route>> {
  const { params, body, headers } = request
  const { turnstileSecret: secret, ...source } = body
  const sealed = secret && { turnstile: deps.sealer.seal(turnstileSecretContext(params.id), secret) }
  const newKey = newAccessKey('pk', deps.randomBytes)
  const holder = { caller: 'source', sourceId: params.id, scope: 'form' } as const
  const { created, ...result } = await writeRecord(
    'sources',
    {
      id: params.id,
      body: (previous) => ({
        ...source,
        key: previous?.body.key ?? newKey,
        sealed: secret === undefined ? previous?.body.sealed : (sealed ?? undefined),
      }),
      ifMatch: headers['if-match'],
      also: (previous) => (previous?.body.key === undefined ? [saveKeyWrite(sha256(newKey), holder)] : []),
    },
    deps,
  )
  const key = route.responses[200].body.shape.key.parse(result.body.key)
  return { status: created ? 201 : 200, headers: result.headers, body: { ...source, key, ...result.record } }
}

export const handler = defineHandler(route, putSource)
