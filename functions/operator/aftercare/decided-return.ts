import { Refusal } from '#shared/contract/problems.ts'
import type { LeadReturn } from '#shared/domain/aftercare/lead-return.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { Decided } from '#shared/store/aftercare/decide-return.ts'
import { whoAsks } from '../access/who-asks.ts'

type Asked = { principal: { keyId?: string | undefined }; body: { answer?: string | undefined } }

/** Who decides, when, and with which words. */
export async function decisionOn(
  { principal, body }: Asked,
  needs: Pick<Dependencies, 'keyRing' | 'now'>,
): Promise<Decided> {
  return { decidedAt: needs.now().toISOString(), decidedBy: await whoAsks(principal, needs), ...body }
}

/** The return as it stands now. @throws Refusal where another has decided it before, or there is none. */
export async function decidedReturn(
  deliveryId: string,
  came: 'accepted' | 'refused' | 'left' | 'busy',
  { returns, deliveries }: Pick<Dependencies, 'returns' | 'deliveries'>,
): Promise<LeadReturn> {
  if (came === 'busy') throw new Refusal('BUSY', 'Send the same request again.')
  const found = await returns.find(deliveryId)
  if (found && came !== 'left') return found
  if (!found && !(await deliveries.find(deliveryId))) throw new Refusal('NOT_FOUND', 'There is no delivery of that id.')
  if (!found) throw new Refusal('RETURN_NOT_WAITING', 'Its school has not asked for credit.')
  throw new Refusal('RETURN_NOT_WAITING', `Somebody has decided it before: ${found.state}.`)
}
