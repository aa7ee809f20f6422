import { records } from '#shared/contract/catalog/records.ts'
import type { Reply } from '#shared/contract/route.ts'
import { type Request, serve } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { writeRecord } from '#shared/workflows/catalog/write-record.ts'
import { requireReferences } from './require-references.ts'

const route = records.programs.put
type Needs = Pick<Dependencies, 'records' | 'composed' | 'now'>

/** A program belongs to a school and stands in the listings of its careers. */
export async function putProgram(request: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const { params, body, headers } = request
  await requireReferences(
    [
      { pointer: '/schoolId', kind: 'schools', id: body.schoolId },
      ...body.careerSlugs.map((id, index) => ({ pointer: `/careerSlugs/${index}`, kind: 'careers', id }) as const),
    ],
    needs,
  )
  const { created, ...written } = await writeRecord(
    'programs',
    { id: params.id, body, ifMatch: headers['if-match'] },
    needs,
  )
  return { status: created ? 201 : 200, headers: written.headers, body: { ...body, ...written.record } }
}

export const handler = serve(route, putProgram)
