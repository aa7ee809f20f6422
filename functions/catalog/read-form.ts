import { readForm as route } from '#shared/contract/catalog/programs.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type ReadFormDependencies = Pick<Dependencies, 'catalog'>

/**
 * Returns the questions of a program.
 * @throws Refusal NOT_FOUND
 */
export async function readForm(
  { params }: Request<typeof route>,
  { catalog }: ReadFormDependencies,
): Promise<Reply<typeof route>> {
  const body = await catalog.form(params.programId)
  if (!body) throw new Refusal('NOT_FOUND', 'Program not found.')
  return { status: 200, body }
}

export const handler = defineHandler(route, readForm)
