import { records } from '#shared/contract/catalog/records.ts'
import type { Reply } from '#shared/contract/route.ts'
import { turnstileOf } from '#shared/domain/capture/source.ts'
import { type Request, serve } from '#shared/http/api.ts'
import { newAccessKey } from '#shared/platform/access-keys.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { sha256 } from '#shared/platform/digests.ts'
import { saveKeyWrite } from '#shared/store/access/access-keys.ts'
import { writeRecord } from '#shared/workflows/catalog/write-record.ts'

const route = records.sources.put
type Needs = Pick<Dependencies, 'records' | 'composed' | 'randomBytes' | 'sealer' | 'now'>

/** A source gets its publishable key when it is first written, and keeps it: also where two write it first at once. */
export async function putSource(request: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const { params, body, headers } = request
  const { turnstileSecret: secret, ...source } = body
  const sealed = secret && { turnstile: needs.sealer.seal(turnstileOf(params.id), secret) }
  const fresh = newAccessKey('pk', needs.randomBytes)
  const holder = { caller: 'source', sourceId: params.id, scope: 'form' } as const
  const { created, ...written } = await writeRecord(
    'sources',
    {
      id: params.id,
      body: (before) => ({
        ...source,
        key: before?.body.key ?? fresh,
        sealed: secret === undefined ? before?.body.sealed : (sealed ?? undefined),
      }),
      ifMatch: headers['if-match'],
      also: (before) => (before?.body.key === undefined ? [saveKeyWrite(sha256(fresh), holder)] : []),
    },
    needs,
  )
  const key = route.responses[200].body.shape.key.parse(written.body.key)
  return { status: created ? 201 : 200, headers: written.headers, body: { ...source, key, ...written.record } }
}

export const handler = serve(route, putSource)
