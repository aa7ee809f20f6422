import * as z from 'zod'
import type { Disposition } from '../aftercare/disposition.ts'
import { dispositionWord } from '../aftercare/disposition.ts'
import type { ErasedLead, Lead } from '../capture/lead.ts'
import type { Delivery } from '../delivery/delivery.ts'

export const adPlatform = z.enum(['google', 'meta']).meta({ id: 'AdPlatform' })
export type AdPlatform = z.output<typeof adPlatform>

/** What counts as a conversion: the lead was accepted or delivered, or a school reported an outcome. */
export const conversionEvent = z
  .union([z.enum(['accepted', 'delivered']), dispositionWord])
  .meta({ id: 'ConversionEvent' })
export type ConversionEvent = z.output<typeof conversionEvent>

/** One conversion as an ad platform takes it, found again by the click that led to it. */
export type Conversion = { leadId: string; clickId: string; name: ConversionEvent; at: string; valueCents: number }

type ConvertedDelivery = Pick<Delivery, 'priceCents' | 'payoutCents' | 'payoutOn' | 'deliveredAt' | 'returnedAt'> & {
  dispositions: readonly Pick<Disposition, 'disposition' | 'at'>[]
}
type ConvertedLead = { lead: Lead | ErasedLead; deliveries: readonly ConvertedDelivery[] }
type ConversionTerms = {
  platform: AdPlatform
  event: ConversionEvent
  /** `payout`: what the lead earned its source. `revenue`: what schools paid for it. */
  value: 'payout' | 'revenue'
}

/**
 * Returns the conversion of a lead, or undefined: if it did not come by a click on an ad of the platform, did not get that far, is a
 * test, or if its person withdrew consent or was erased.
 */
export function findConversion(
  { lead, deliveries }: ConvertedLead,
  { platform, event, value }: ConversionTerms,
): Conversion | undefined {
  if ('erasedAt' in lead || lead.test || lead.withdrawnAt !== undefined) return undefined
  const clickId = findClickId(lead, platform)
  const at = findEventTime(lead, deliveries, event)
  if (clickId === undefined || at === undefined) return undefined
  const valueCents = deliveries.reduce((sum, delivery) => sum + computeValue(delivery, value), 0)
  return { leadId: lead.leadId, clickId, name: event, at, valueCents }
}

/** Google finds a click by its `gclid`, Meta by `fbc`: `fb.1.`, the time of the click in milliseconds, and the `fbclid`. */
function findClickId({ subIds = {}, receivedAt }: Lead, platform: AdPlatform): string | undefined {
  const { gclid, fbc, fbclid } = subIds
  if (platform === 'google') return gclid
  return fbc ?? (fbclid === undefined ? undefined : `fb.1.${Date.parse(receivedAt)}.${fbclid}`)
}

function findEventTime(
  lead: Lead,
  deliveries: readonly ConvertedDelivery[],
  event: ConversionEvent,
): string | undefined {
  if (event === 'accepted') return lead.outcome === 'accepted' ? lead.receivedAt : undefined
  const times =
    event === 'delivered'
      ? deliveries.flatMap(({ deliveredAt }) => deliveredAt ?? [])
      : deliveries.flatMap(({ dispositions }) =>
          dispositions.filter(({ disposition }) => disposition === event).map(({ at }) => at),
        )
  return times.toSorted()[0]
}

/** What was returned is worth nothing. */
function computeValue(delivery: ConvertedDelivery, value: ConversionTerms['value']): number {
  const { priceCents, payoutCents = 0, payoutOn, deliveredAt, returnedAt } = delivery
  if (returnedAt !== undefined) return 0
  if (value === 'payout') return payoutOn === 'accepted' || deliveredAt !== undefined ? payoutCents : 0
  return deliveredAt === undefined ? 0 : priceCents
}
