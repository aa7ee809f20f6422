import type * as z from 'zod'
import type { listSchoolLeads } from '#shared/contract/school.ts'
import type { LeadCreated } from '#shared/domain/delivery/lead-created.ts'
import '../portal.css'
import { dispositionLabels } from '../../app/components/dispositions.tsx'
import { Badge, Instant } from '../../app/components/format.tsx'
import type { Column } from '../../app/components/table.tsx'
import { Link } from '../../app/router.tsx'

export type SchoolLead = z.output<(typeof listSchoolLeads.responses)[200]['body']>['leads'][number]

/** How a lead stands in a list. @param list the filters, so that there is a way back to just that list */
export const createLeadColumns = (list: URLSearchParams): readonly Column<SchoolLead>[] => [
  {
    head: 'Name',
    cell: ({ deliveryId, event }) => (
      <>
        <Link to={`/leads/${deliveryId}${list.size > 0 ? `?${list}` : ''}`}>{getLeadName(event)}</Link>{' '}
        {event?.data.test && <Badge text="test" />}
      </>
    ),
  },
  {
    head: 'What became of it',
    cell: ({ disposition }) => (disposition ? dispositionLabels[disposition.disposition] : '–'),
  },
  { head: 'Delivery', cell: ({ state }) => <Badge text={state} /> },
  { head: 'Received', cell: ({ createdAt }) => <Instant at={createdAt} /> },
  { head: 'Program', cell: ({ event }) => <span class="wide">{event?.data.program.name}</span> },
  { head: 'Lives in', cell: ({ event }) => event?.data.contact.state },
]

/** Whose lead it is; of a person who was forgotten, that they were. */
export function getLeadName(event: LeadCreated | undefined): string {
  if (!event) return 'Somebody who was forgotten'
  const { firstName, lastName } = event.data.contact
  return `${firstName} ${lastName}`
}
