import { records } from '#shared/contract/catalog/records.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { writeRecord } from '#shared/workflows/catalog/write-record.ts'

const route = records.careers.put
type PutCareerDependencies = Pick<Dependencies, 'records' | 'composed' | 'now'>

/** A related career may be written later: until then it is not shown. */
export async function putCareer(
  request: Request<typeof route>,
  deps: PutCareerDependencies,
): Promise<Reply<typeof route>> {
  const { params, body, headers } = request
  const { created, ...result } = await writeRecord(
    'careers',
    { id: params.id, body, ifMatch: headers['if-match'] },
    deps,
  )
  return { status: created ? 201 : 200, headers: result.headers, body: { ...body, ...result.record } }
}

export const handler = defineHandler(route, putCareer)
