import type { DeliveryState } from '../delivery/delivery.ts'
import { isOfferable } from '../routing/offer.ts'

/**
 * Who reads a lead. `school`: one of its keys, or a portal session. `staff`: what the member of staff does; a `reveal`
 * shows one lead for a stated purpose, an `export` shows many for daily work. `publisher`: the source of the lead.
 */
export type LeadReader =
  | { kind: 'school'; scope: 'read' | 'manage' }
  | { kind: 'staff'; scope: 'read' | 'admin'; act: 'list' | 'reveal' | 'export' }
  | { kind: 'publisher' }

/** All that decides what of a lead may be read. `delivery`: the delivery through which the reader has it; a lead has none of its own. */
export type LeadStanding = {
  isErased: boolean
  withdrawnAt?: string | undefined
  /** Whether the person is suppressed for this reader's school now, apart from a mark on the lead. */
  isSuppressed: boolean
  delivery?: DeliveryStanding | undefined
}
export type DeliveryStanding = {
  state: DeliveryState
  createdAt: string
  test: boolean
  /** Since then it is sold: the school accepted it, or opened it before it arrived. */
  deliveredAt?: string | undefined
  /** Since then the school has its money back. */
  returnedAt?: string | undefined
}

/** Why contact details are masked. `not-taken`: the school has not accepted the lead yet, so it is not billed. */
export const maskReasons = [
  'withdrawn',
  'suppressed',
  'credited',
  'rejected',
  'failed',
  'expired',
  'not-taken',
  'no-reveal',
  'view-only',
  'not-shared',
] as const
export type MaskReason = (typeof maskReasons)[number]

/** `canTake`: the reader may open the lead now, which counts as its delivery. */
export type LeadAccess =
  | { view: 'full' }
  | { view: 'masked'; reason: MaskReason; canTake: boolean }
  | { view: 'none'; reason: 'erased' }

/**
 * Decides what of a lead a reader may see at `now`. A school reads contact details only of leads that it has taken, so
 * that what is readable and what is billed are the same. After a withdrawal only a reveal by staff shows them, because
 * staff must be able to prove what the person agreed to.
 */
export function decideLeadAccess(reader: LeadReader, lead: LeadStanding, now: string): LeadAccess {
  if (lead.isErased || lead.delivery?.state === 'erased') return { view: 'none', reason: 'erased' }
  const reason = findMaskReason(reader, lead, now)
  if (reason === undefined) return { view: 'full' }
  const canTake =
    reason === 'not-taken' && reader.kind === 'school' && reader.scope === 'manage' && lead.delivery?.test === false
  return { view: 'masked', reason, canTake }
}

function findMaskReason(reader: LeadReader, lead: LeadStanding, now: string): MaskReason | undefined {
  const stop = findConsentStop(lead)
  switch (reader.kind) {
    case 'publisher':
      return stop ?? 'not-shared'
    case 'staff':
      if (reader.act === 'list') return stop ?? 'no-reveal'
      if (reader.scope === 'read') return stop ?? 'view-only'
      return reader.act === 'export' ? stop : undefined
    case 'school':
      return stop ?? (lead.delivery ? findUntakenReason(lead.delivery, now) : 'not-taken')
  }
}

function findConsentStop({ withdrawnAt, isSuppressed }: LeadStanding): 'withdrawn' | 'suppressed' | undefined {
  if (withdrawnAt !== undefined) return 'withdrawn'
  return isSuppressed ? 'suppressed' : undefined
}

export type UntakenReason = Extract<MaskReason, 'credited' | 'rejected' | 'failed' | 'expired' | 'not-taken'>

/** Why a school does not have a lead, or undefined if it has taken it. A replay of a taken lead changes nothing. */
export function findUntakenReason(
  { state, createdAt, deliveredAt, returnedAt }: DeliveryStanding,
  now: string,
): UntakenReason | undefined {
  if (returnedAt !== undefined) return 'credited'
  if (deliveredAt !== undefined || state === 'delivered') return undefined
  if (state === 'rejected') return 'rejected'
  if (state === 'dead') return 'failed'
  return isOfferable(createdAt, now) ? 'not-taken' : 'expired'
}
