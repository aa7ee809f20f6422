import { formToken } from '#shared/domain/capture/form-token.ts'
import type { FormTokenStatus } from '#shared/domain/capture/spam-rules.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { anonymousSourceId } from './resolve-source.ts'

/** What a form token says. Whether another lead came with it is for the transaction to find out. */
export async function readFormToken(
  token: string | undefined,
  sourceId: string,
  { tokens, now }: Pick<Dependencies, 'tokens' | 'now'>,
): Promise<FormTokenStatus> {
  if (!token) return { status: 'missing' }
  const at = now()
  const result = await tokens.open('form', token, at)
  if (typeof result === 'string') return { status: result }
  const payload = formToken.safeParse(result.content).data
  // A page may ask for its match without a key.
  if (!payload || (payload.sourceId !== sourceId && payload.sourceId !== anonymousSourceId)) return { status: 'forged' }
  return {
    status: 'live',
    id: payload.id,
    seconds: (at.getTime() - Date.parse(payload.at)) / 1000,
    state: payload.state,
  }
}
