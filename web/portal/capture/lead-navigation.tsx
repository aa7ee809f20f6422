import { useEffect } from 'preact/hooks'
import { formatNumber } from '../../app/format.ts'
import { Link } from '../../app/router.tsx'
import { leadText } from '../text/leads.ts'
import { filterLeads, sortLeads } from './lead-list.ts'
import { readLeadQuery } from './lead-query.ts'
import { useSchoolLeads } from './use-school-leads.ts'

/**
 * Links to the leads before and after this one in the list that it was opened from, also by Alt and an arrow key. A lead that has left the
 * list meanwhile, because its status was set, still has its neighbors.
 */
export function LeadNavigation({ deliveryId, query }: { deliveryId: string; query: URLSearchParams }) {
  const { leads } = useSchoolLeads()
  const { filter, order } = readLeadQuery(query)
  const matchingIds = new Set(filterLeads(leads, filter).map((lead) => lead.deliveryId))
  const list = sortLeads(leads, order).filter(
    (lead) => matchingIds.has(lead.deliveryId) || lead.deliveryId === deliveryId,
  )
  const index = list.findIndex((lead) => lead.deliveryId === deliveryId)
  const toPath = (at: number) => {
    const lead = index < 0 ? undefined : list[at]
    return lead && `/leads/${lead.deliveryId}${query.size > 0 ? `?${query}` : ''}`
  }
  const [previous, next] = [toPath(index - 1), toPath(index + 1)]
  useEffect(() => {
    const go = (event: KeyboardEvent) => {
      const path = event.altKey ? { ArrowUp: previous, ArrowDown: next }[event.key] : undefined
      if (path === undefined) return
      event.preventDefault()
      location.hash = path
    }
    addEventListener('keydown', go)
    return () => removeEventListener('keydown', go)
  }, [previous, next])
  if (index < 0) return null
  return (
    <span class="actions">
      {previous && <Link to={previous}>{leadText.previousLead}</Link>}
      <span>{leadText.place(formatNumber(index + 1), formatNumber(list.length))}</span>
      {next && <Link to={next}>{leadText.nextLead}</Link>}
      <span class="help">{leadText.keys}</span>
    </span>
  )
}
