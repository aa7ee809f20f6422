import { readReadiness as route } from '#shared/contract/about.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { EngineReadOnly } from '#shared/store/engine/engine.ts'

type ReadReadinessDependencies = Pick<Dependencies, 'readiness' | 'findMailFault' | 'now' | 'log'>

/**
 * Returns `ok` if a read and a write succeed, also while email fails: leads are stored and wait.
 * @throws Refusal if one of them fails
 */
export async function readReadiness(
  _: Request<typeof route>,
  { readiness, findMailFault, now, log }: ReadReadinessDependencies,
): Promise<Reply<typeof route>> {
  await readiness.check(now()).catch((error: unknown) => {
    log('readiness.failed', { error: String(error) })
    throw new Refusal(
      'UNAVAILABLE',
      error instanceof EngineReadOnly ? error.message : 'The database cannot be written.',
      {
        headers: { 'retry-after': '5' },
        cause: error,
      },
    )
  })
  return { status: 200, body: { status: 'ok', ...(findMailFault?.() && { mail: 'failing' as const }) } }
}

export const handler = defineHandler(route, readReadiness)
