import * as z from 'zod'
import { actor } from '../access/actor.ts'
import { delivery } from '../delivery/delivery.ts'
import { idSchema } from '../ids.ts'
import { addBusinessDays } from '../time.ts'
import { instant } from '../vocabulary.ts'
import {
  suppressionBasis,
  suppressionReason,
  suppressionScope,
  withdrawalChannel,
  withdrawalMeans,
} from './suppression.ts'

/** Schools must honor a withdrawal within 10 business days (47 CFR 64.1200(a)(10)). Staff are alerted at half of the time. */
export const withdrawalBusinessDays = { warning: 5, limit: 10 } as const

/** Who withdrew the consent of a lead, how and when. */
export const leadWithdrawal = z
  .strictObject({
    withdrawalId: idSchema('withdrawal'),
    at: instant,
    actor,
    channel: withdrawalChannel,
    means: withdrawalMeans.optional(),
    scope: suppressionScope,
    reason: suppressionReason.optional(),
  })
  .meta({ id: 'LeadWithdrawal' })
export type LeadWithdrawal = z.output<typeof leadWithdrawal>

/** The notice that tells one school of the withdrawal of one lead. It is a delivery of its own and is retried like any other. */
export const withdrawalNotice = delivery
  .pick({
    deliveryId: true,
    withdraws: true,
    leadId: true,
    schoolId: true,
    schoolName: true,
    state: true,
    dueAt: true,
    deliveredAt: true,
  })
  .meta({ id: 'WithdrawalNotice' })
export type WithdrawalNotice = z.output<typeof withdrawalNotice>

/** One withdrawal of consent and what it has done. It does not name the person. */
export const withdrawal = z
  .strictObject({
    ...leadWithdrawal.shape,
    state: z
      .enum(['running', 'done'])
      .meta({ description: '`done`: every delivery that was waiting has ended, and every notice was created.' }),
    basis: suppressionBasis,
    endedAt: instant.optional(),
    leads: z.int().min(0).meta({ description: 'How many leads of the person it applied to.' }),
    honorBy: instant.meta({ description: 'The end of the 10 business days within which schools must honor it.' }),
    alertedAt: instant
      .optional()
      .meta({ description: 'When staff were alerted that a school has not received its notice.' }),
    overdueAt: instant
      .optional()
      .meta({ description: 'When the 10 business days ended without a receipt of every notice.' }),
  })
  .meta({ id: 'Withdrawal' })
export type Withdrawal = z.output<typeof withdrawal>

export function computeHonorDeadline(at: string): string {
  return addBusinessDays(at, withdrawalBusinessDays.limit)
}

/** When the worker looks at a withdrawal again: after a moment for leads that were being saved, then for receipts. */
export function findNextLook({ at, now, isFirst }: { at: string; now: string; isFirst: boolean }): string | undefined {
  const looks = [
    ...(isFirst ? [new Date(Date.parse(now) + secondPassMs).toISOString()] : []),
    addBusinessDays(at, withdrawalBusinessDays.warning),
    addBusinessDays(at, withdrawalBusinessDays.limit),
  ]
  return looks.find((look) => look > now)
}

// A submission takes seconds; after two minutes no lead is still being saved under the earlier consent.
const secondPassMs = 120_000
