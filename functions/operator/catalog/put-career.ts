import { records } from '#shared/contract/catalog/records.ts'
import type { Reply } from '#shared/contract/route.ts'
import { type Request, serve } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { writeRecord } from '#shared/workflows/catalog/write-record.ts'

const route = records.careers.put
type Needs = Pick<Dependencies, 'records' | 'composed' | 'now'>

/** A related career may be written later: until then it is not shown. */
export async function putCareer(request: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const { params, body, headers } = request
  const { created, ...written } = await writeRecord(
    'careers',
    { id: params.id, body, ifMatch: headers['if-match'] },
    needs,
  )
  return { status: created ? 201 : 200, headers: written.headers, body: { ...body, ...written.record } }
}

export const handler = serve(route, putCareer)
