import type * as z from 'zod'
import type { leadRow } from '#shared/contract/operator.ts'
import { Badge, Instant } from '../../app/components/format.tsx'
import type { Column } from '../../app/components/table.tsx'
import { Link } from '../../app/router.tsx'
import type { Names } from '../catalog/names.tsx'

type Row = z.output<typeof leadRow>

/** How a lead stands in a list. */
export function createLeadColumns({ careers, sources }: { careers: Names; sources: Names }): readonly Column<Row>[] {
  return [
    {
      head: 'Received',
      cell: ({ leadId, receivedAt }) => (
        <Link to={`/leads/${leadId}`}>
          <Instant at={receivedAt} />
        </Link>
      ),
    },
    {
      head: 'Outcome',
      cell: ({ outcome, test }) => (
        <>
          <Badge text={outcome} /> {test && <Badge text="test" />}
        </>
      ),
    },
    { head: 'Career', cell: ({ careerSlug }) => careers.get(careerSlug) ?? careerSlug },
    { head: 'State', cell: ({ state }) => state },
    { head: 'Source', cell: ({ sourceId }) => sources.get(sourceId) ?? sourceId },
    { head: 'Lead', cell: ({ leadId }) => <span class="id">{leadId}</span> },
  ]
}
