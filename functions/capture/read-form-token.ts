import type { TokenSeen } from '#shared/domain/capture/abuse.ts'
import { formToken } from '#shared/domain/capture/form-token.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { noSourceId } from './source-of.ts'

/** What a form token says. Whether another lead came with it is for the transaction to find out. */
export async function readFormToken(
  given: string | undefined,
  sourceId: string,
  { tokens, now }: Pick<Dependencies, 'tokens' | 'now'>,
): Promise<TokenSeen> {
  if (!given) return { is: 'missing' }
  const at = now()
  const opened = await tokens.open('form', given, at)
  if (typeof opened === 'string') return { is: opened }
  const said = formToken.safeParse(opened.content).data
  // A page may ask for its match without a key.
  if (!said || (said.sourceId !== sourceId && said.sourceId !== noSourceId)) return { is: 'forged' }
  return { is: 'live', id: said.id, seconds: (at.getTime() - Date.parse(said.at)) / 1000, state: said.state }
}
