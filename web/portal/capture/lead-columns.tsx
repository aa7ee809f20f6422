import '../portal.css'
import type { ComponentChildren } from 'preact'
import { Age } from '../../app/components/age.tsx'
import { Badge } from '../../app/components/badge.tsx'
import type { Column } from '../../app/components/table.tsx'
import { Link } from '../../app/router.tsx'
import { appText } from '../../app/text/app-text.ts'
import { dispositionLabels } from '../../app/text/lead-labels.ts'
import { leadText, maskedText } from '../text/leads.ts'
import { formatPhone } from './format-phone.ts'
import { getProgramName, getStatus } from './lead-list.ts'
import type { SchoolLead } from './school-lead.ts'

type ColumnSettings = {
  /** The filters of the list, so that a lead can link back to it. */
  list: URLSearchParams
  /** A control that sets the status of a lead. */
  renderStatusControl?: (lead: SchoolLead) => ComponentChildren
}

/** The columns of a list of leads. */
export const createLeadColumns = ({ list, renderStatusControl }: ColumnSettings): readonly Column<SchoolLead>[] => [
  {
    head: leadText.columns.name,
    kind: 'title',
    cell: (lead) => (
      <>
        <Link to={`/leads/${lead.deliveryId}${list.size > 0 ? `?${list}` : ''}`}>{getLeadName(lead)}</Link>{' '}
        {(lead.event?.data ?? lead.summary)?.test && <Badge kind="lead" status="test" />}
        <br />
        <span class="help">{getProgramName(lead)}</span>
      </>
    ),
  },
  {
    head: leadText.columns.phone,
    cell: ({ event }) =>
      event && (
        <a class="no-break" href={`tel:${event.data.contact.phone}`}>
          {formatPhone(event.data.contact.phone)}
        </a>
      ),
  },
  {
    head: leadText.columns.email,
    cell: ({ event }) => event && <a href={`mailto:${event.data.contact.email}`}>{event.data.contact.email}</a>,
  },
  { head: leadText.columns.received, cell: ({ createdAt }) => <Age at={createdAt} /> },
  {
    head: leadText.columns.status,
    cell: (lead) => (
      <>
        <span class="status-word">{getStatusLabel(lead)}</span> {renderStatusControl?.(lead)}
      </>
    ),
  },
  { head: leadText.columns.delivery, cell: ({ state }) => <Badge kind="delivery" status={state} /> },
]

/** The name of the person, or what there is in its place while the contact details are masked. */
export function getLeadName({ event, masked }: Pick<SchoolLead, 'event' | 'masked'>): string {
  if (masked) return maskedText.reasons[masked].name
  if (!event) return leadText.deletedPerson
  const { firstName, lastName } = event.data.contact
  return `${firstName} ${lastName}`
}

function getStatusLabel(lead: SchoolLead): string {
  const status = getStatus(lead)
  if (status === undefined) return appText.none
  return status === 'none' ? leadText.noStatus : dispositionLabels[status].label
}
