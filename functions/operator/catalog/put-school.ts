import { records } from '#shared/contract/catalog/records.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { writeRecord } from '#shared/workflows/catalog/write-record.ts'

const route = records.schools.put
type PutSchoolDependencies = Pick<Dependencies, 'records' | 'composed' | 'now'>

/** A school that is paused leaves the listings and takes no leads from the moment that this is answered. */
export async function putSchool(
  request: Request<typeof route>,
  deps: PutSchoolDependencies,
): Promise<Reply<typeof route>> {
  const { params, body, headers } = request
  const { created, ...result } = await writeRecord(
    'schools',
    { id: params.id, body, ifMatch: headers['if-match'] },
    deps,
  )
  return { status: created ? 201 : 200, headers: result.headers, body: { ...body, ...result.record } }
}

export const handler = defineHandler(route, putSchool)
