import type * as z from 'zod'
import type { listSchoolLeads } from '#shared/contract/delivery/school-leads.ts'
import '../portal.css'
import { Badge } from '../../app/components/badge.tsx'
import { Instant } from '../../app/components/instant.tsx'
import type { Column } from '../../app/components/table.tsx'
import { Link } from '../../app/router.tsx'
import { appText } from '../../app/text/app-text.ts'
import { dispositionLabels } from '../../app/text/lead-labels.ts'
import { leadText, maskedText } from '../text/leads.ts'

export type SchoolLead = z.output<(typeof listSchoolLeads.responses)[200]['body']>['leads'][number]

/** The columns of a list of leads. @param list the filters of the list, so that a lead can link back to it */
export const createLeadColumns = (list: URLSearchParams): readonly Column<SchoolLead>[] => [
  {
    head: leadText.columns.name,
    cell: (lead) => (
      <>
        <Link to={`/leads/${lead.deliveryId}${list.size > 0 ? `?${list}` : ''}`}>{getLeadName(lead)}</Link>{' '}
        {(lead.event?.data ?? lead.summary)?.test && <Badge kind="lead" status="test" />}
      </>
    ),
  },
  {
    head: leadText.columns.status,
    cell: ({ disposition }) => (disposition ? dispositionLabels[disposition.disposition].label : appText.none),
  },
  { head: leadText.columns.delivery, cell: ({ state }) => <Badge kind="delivery" status={state} /> },
  { head: leadText.columns.received, cell: ({ createdAt }) => <Instant at={createdAt} /> },
  {
    head: leadText.columns.program,
    cell: ({ event, summary }) => <span class="wide">{(event?.data ?? summary)?.program.name}</span>,
  },
  { head: leadText.columns.state, cell: ({ event, summary }) => event?.data.contact.state ?? summary?.state },
]

/** The name of the person, or what there is in its place while the contact details are masked. */
export function getLeadName({ event, masked }: Pick<SchoolLead, 'event' | 'masked'>): string {
  if (masked) return maskedText.reasons[masked].name
  if (!event) return leadText.deletedPerson
  const { firstName, lastName } = event.data.contact
  return `${firstName} ${lastName}`
}
