import { readProgram as route } from '#shared/contract/catalog/programs.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type ReadProgramDependencies = Pick<Dependencies, 'catalog'>

/**
 * Returns a program and the school that offers it.
 * @throws Refusal NOT_FOUND
 */
export async function readProgram(
  { params }: Request<typeof route>,
  { catalog }: ReadProgramDependencies,
): Promise<Reply<typeof route>> {
  const body = await catalog.program(params.programId)
  if (!body) throw new Refusal('NOT_FOUND', 'Program not found.')
  return { status: 200, body }
}

export const handler = defineHandler(route, readProgram)
