import type * as z from 'zod'
import type { leadRow } from '#shared/contract/capture/leads.ts'
import { Badge } from '../../app/components/badge.tsx'
import { Instant } from '../../app/components/instant.tsx'
import type { Column } from '../../app/components/table.tsx'
import { Link } from '../../app/router.tsx'
import type { Names } from '../catalog/names.tsx'
import { leadsText } from '../text/capture-text.ts'

const { columns } = leadsText

type Row = z.output<typeof leadRow>

/** The columns of a list of leads. */
export function createLeadColumns({ careers, sources }: { careers: Names; sources: Names }): readonly Column<Row>[] {
  return [
    {
      head: columns.received,
      cell: ({ leadId, receivedAt }) => (
        <Link to={`/leads/${leadId}`}>
          <Instant at={receivedAt} />
        </Link>
      ),
    },
    {
      head: columns.outcome,
      cell: ({ outcome, test }) => (
        <>
          <Badge kind="lead" status={outcome} /> {test && <Badge kind="lead" status="test" />}
        </>
      ),
    },
    { head: columns.career, cell: ({ careerSlug }) => careers.get(careerSlug) ?? careerSlug },
    { head: columns.state, cell: ({ state }) => state },
    { head: columns.source, cell: ({ sourceId }) => sources.get(sourceId) ?? sourceId },
    { head: columns.lead, cell: ({ leadId }) => <span class="id">{leadId}</span> },
  ]
}
