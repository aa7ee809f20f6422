import type * as z from 'zod'
import type { listSchoolLeads } from '#shared/contract/delivery/school-leads.ts'
import type { LeadCreated } from '#shared/domain/delivery/lead-created.ts'
import '../portal.css'
import { Badge } from '../../app/components/badge.tsx'
import { Instant } from '../../app/components/instant.tsx'
import type { Column } from '../../app/components/table.tsx'
import { Link } from '../../app/router.tsx'
import { appText } from '../../app/text/app-text.ts'
import { dispositionLabels } from '../../app/text/lead-labels.ts'
import { leadText } from '../text.ts'

export type SchoolLead = z.output<(typeof listSchoolLeads.responses)[200]['body']>['leads'][number]

/** The columns of a list of leads. @param list the filters of the list, so that a lead can link back to it */
export const createLeadColumns = (list: URLSearchParams): readonly Column<SchoolLead>[] => [
  {
    head: leadText.columns.name,
    cell: ({ deliveryId, event }) => (
      <>
        <Link to={`/leads/${deliveryId}${list.size > 0 ? `?${list}` : ''}`}>{getLeadName(event)}</Link>{' '}
        {event?.data.test && <Badge kind="lead" status="test" />}
      </>
    ),
  },
  {
    head: leadText.columns.status,
    cell: ({ disposition }) => (disposition ? dispositionLabels[disposition.disposition].label : appText.none),
  },
  { head: leadText.columns.delivery, cell: ({ state }) => <Badge kind="delivery" status={state} /> },
  { head: leadText.columns.received, cell: ({ createdAt }) => <Instant at={createdAt} /> },
  { head: leadText.columns.program, cell: ({ event }) => <span class="wide">{event?.data.program.name}</span> },
  { head: leadText.columns.state, cell: ({ event }) => event?.data.contact.state },
]

/** The name of the person, unless their data was deleted. */
export function getLeadName(event: LeadCreated | undefined): string {
  if (!event) return leadText.deletedPerson
  const { firstName, lastName } = event.data.contact
  return `${firstName} ${lastName}`
}
