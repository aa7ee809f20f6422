import { records } from '#shared/contract/catalog/records.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { writeRecord } from '#shared/workflows/catalog/write-record.ts'
import { requireReferences } from './require-references.ts'

const route = records.programs.put
type PutProgramDependencies = Pick<Dependencies, 'records' | 'composed' | 'now'>

/** A program belongs to a school and stands in the listings of its careers. */
export async function putProgram(
  request: Request<typeof route>,
  deps: PutProgramDependencies,
): Promise<Reply<typeof route>> {
  const { params, body, headers } = request
  await requireReferences(
    [
      { pointer: '/schoolId', kind: 'schools', id: body.schoolId },
      ...body.careerSlugs.map((id, index) => ({ pointer: `/careerSlugs/${index}`, kind: 'careers', id }) as const),
    ],
    deps,
  )
  const { created, ...result } = await writeRecord(
    'programs',
    { id: params.id, body, ifMatch: headers['if-match'] },
    deps,
  )
  return { status: created ? 201 : 200, headers: result.headers, body: { ...body, ...result.record } }
}

export const handler = defineHandler(route, putProgram)
