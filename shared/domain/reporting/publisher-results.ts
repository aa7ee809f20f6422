import { Temporal } from 'temporal-polyfill'
import * as z from 'zod'
import type { PublisherLead } from '../capture/publisher-lead.ts'

/** What became of the leads of one day with one value of a sub ID. Rows of several pages add up. */
export const subIdResult = z
  .object({
    day: z.iso.date().meta({ description: 'The day on which the leads came, in the time zone of your source.' }),
    value: z.string().meta({ description: 'The value of the sub ID; empty for leads without it.' }),
    leads: z.int(),
    accepted: z.int().meta({ description: 'Leads that a school is to get, or got.' }),
    delivered: z.int().meta({ description: 'Leads that a school has or had.' }),
    returned: z.int().meta({ description: 'Leads that a school returned.' }),
    payoutCents: z.int().meta({ description: 'What they earned so far, less what was returned.' }),
  })
  .meta({ id: 'SubIdResult' })
export type SubIdResult = z.output<typeof subIdResult>

/** Groups leads by the day of a time zone on which they came and by the value of one sub ID. Test leads are left out. */
export function summarizeSubIds(
  leads: readonly PublisherLead[],
  { subId, timeZone }: { subId?: string | undefined; timeZone: string },
): SubIdResult[] {
  const results = new Map<string, SubIdResult>()
  for (const lead of leads) {
    if (lead.test) continue
    const day = Temporal.Instant.from(lead.receivedAt).toZonedDateTimeISO(timeZone).toPlainDate().toString()
    const value = (subId !== undefined && lead.subIds?.[subId]) || ''
    const key = JSON.stringify([day, value])
    const sum = results.get(key) ?? { day, value, leads: 0, accepted: 0, delivered: 0, returned: 0, payoutCents: 0 }
    const hasState = (...states: PublisherLead['deliveries'][number]['state'][]) =>
      lead.deliveries.some(({ state }) => states.includes(state))
    results.set(key, {
      ...sum,
      leads: sum.leads + 1,
      accepted: sum.accepted + (lead.outcome === 'accepted' ? 1 : 0),
      delivered: sum.delivered + (hasState('delivered', 'returned') ? 1 : 0),
      returned: sum.returned + (hasState('returned') ? 1 : 0),
      payoutCents: sum.payoutCents + lead.deliveries.reduce((cents, { payoutCents = 0 }) => cents + payoutCents, 0),
    })
  }
  return [...results.values()]
}

/** Names of sub IDs that leads have, in order. */
export function listSubIdNames(leads: readonly PublisherLead[]): string[] {
  return [...new Set(leads.flatMap(({ subIds = {} }) => Object.keys(subIds)))].toSorted()
}
