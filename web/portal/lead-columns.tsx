import type * as z from 'zod'
import type { listSchoolLeads } from '#shared/contract/school.ts'
import { Link } from '../app/place.tsx'
import type { Column } from '../app/table.tsx'
import { Badge, Instant } from '../app/words.tsx'

export type SchoolLead = z.output<(typeof listSchoolLeads.responses)[200]['body']>['leads'][number]

export const leadColumns: readonly Column<SchoolLead>[] = [
  {
    head: 'Name',
    cell: ({ deliveryId, event: { data } }) => (
      <>
        <Link to={`/leads/${deliveryId}`}>
          {data.contact.firstName} {data.contact.lastName}
        </Link>{' '}
        {data.test && <Badge word="test" />}
      </>
    ),
  },
  { head: 'Received', cell: ({ createdAt }) => <Instant at={createdAt} /> },
  { head: 'Program', cell: ({ event }) => event.data.program.name },
  { head: 'From', cell: ({ event }) => event.data.contact.state },
  { head: 'Delivery', cell: ({ state }) => <Badge word={state} /> },
  { head: 'What became of it', cell: ({ disposition }) => disposition?.disposition ?? '–' },
]
