import { listDeliveries } from '#shared/contract/delivery/deliveries.ts'
import { useAllPages } from '../../app/hooks/use-all-pages.ts'

/**
 * The price of the deliveries on hold, by the ID of their school and of their campaign, and of all of them; and of those
 * that failed on a day. Cents.
 */
export function useWaitingMoney(span: { from: string; to: string }) {
  const parked = useAllPages((call, page) => call(listDeliveries, { query: { state: 'parked', ...page } }))
  const dead = useAllPages((call, page) => call(listDeliveries, { query: { state: 'dead', ...span, ...page } }))
  const parkedCents = new Map<string, number>()
  let allParkedCents = 0
  for (const { schoolId, campaignId, priceCents } of parked.pages.flatMap(({ deliveries }) => deliveries)) {
    allParkedCents += priceCents
    for (const id of [schoolId, campaignId]) parkedCents.set(id, (parkedCents.get(id) ?? 0) + priceCents)
  }
  const deadCents = dead.pages
    .flatMap(({ deliveries }) => deliveries)
    .reduce((sum, { priceCents }) => sum + priceCents, 0)
  return { parkedCents, allParkedCents, deadCents, isLoading: parked.state === 'loading' || dead.state === 'loading' }
}
