import { records } from '#shared/contract/records.ts'
import type { Reply } from '#shared/contract/route.ts'
import { newAccessKey } from '#shared/runtime/access-keys.ts'
import { type Request, serve } from '#shared/runtime/api.ts'
import type { Dependencies } from '#shared/runtime/dependencies.ts'
import { sha256 } from '#shared/runtime/digests.ts'
import { writeRecord } from '#shared/runtime/write-record.ts'
import { saveKeyWrite } from '#shared/store/access-keys.ts'

const route = records.sources.put
type Needs = Pick<Dependencies, 'records' | 'composed' | 'randomBytes' | 'now'>

/** A source gets its publishable key when it is first written, and keeps it. */
export async function putSource(request: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const { params, body, headers } = request
  const before = await needs.records.get('sources', params.id)
  const key = route.responses[200].body.shape.key.parse(before?.body.key ?? newAccessKey('pk', needs.randomBytes))
  const also = before ? [] : [saveKeyWrite(sha256(key), { caller: 'source', sourceId: params.id, scope: 'form' })]
  const source = { ...body, key }
  const { created, ...written } = await writeRecord(
    'sources',
    { id: params.id, body: source, ifMatch: headers['if-match'], also },
    needs,
  )
  return { status: created ? 201 : 200, headers: written.headers, body: { ...source, ...written.record } }
}

export const handler = serve(route, putSource)
