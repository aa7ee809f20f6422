import type { Suppression } from '#shared/domain/aftercare/suppression.ts'
import { Badge } from '../../../app/components/badge.tsx'
import { Instant } from '../../../app/components/instant.tsx'
import type { Column } from '../../../app/components/table.tsx'
import { formatNumber } from '../../../app/format.ts'
import { formatActor } from '../../access/format-actor.ts'
import type { Names } from '../../catalog/names.tsx'
import { basisLabels, channelLabels, listLabels, meansLabels, suppressionsText } from '../../text/privacy-text.ts'
import { formatScope } from '../format-scope.ts'
import { LiftSuppression } from './lift-suppression.tsx'

export type SuppressionNames = { schools: Names; sources: Names }

export function createSuppressionColumns(
  names: SuppressionNames,
  onLifted: (lifted: Suppression) => void,
): readonly Column<Suppression>[] {
  const { columns } = suppressionsText
  return [
    { head: columns.at, cell: ({ at }) => <Instant at={at} /> },
    { head: columns.person, cell: formatIdentifiers },
    { head: columns.scope, cell: ({ scope }) => formatScope(scope, names) },
    { head: columns.basis, cell: ({ basis, list }) => (list ? listLabels[list] : basisLabels[basis]) },
    {
      head: columns.by,
      cell: ({ actor, channel, means }) => (
        <>
          {formatActor(actor, names)}
          <br />
          <span class="help">{means ? meansLabels[means] : channelLabels[channel]}</span>
        </>
      ),
    },
    { head: columns.reason, cell: ({ reason }) => reason },
    { head: columns.state, cell: (row) => <State row={row} names={names} /> },
    {
      head: columns.action,
      cell: ({ state, suppressionId }) =>
        state === 'active' && <LiftSuppression suppressionId={suppressionId} onLifted={onLifted} />,
    },
  ]
}

function State({ row, names }: { row: Suppression; names: SuppressionNames }) {
  const { state, endedAt, endedBy, endReason, supersededBy } = row
  const count = supersededBy.length
  return (
    <>
      <Badge kind="suppression" status={state} />
      {endedAt && (
        <p class="help">
          <Instant at={endedAt} /> {endedBy && suppressionsText.ended(formatActor(endedBy, names))}
        </p>
      )}
      {endReason && <p class="help">{endReason}</p>}
      {count > 0 && <p class="help">{suppressionsText.superseded(count, formatNumber(count))}</p>}
    </>
  )
}

function formatIdentifiers({ identifiers, isHashed }: Suppression): string {
  const text = identifiers.map((identifier) => suppressionsText.identifiers[identifier]).join(', ')
  return isHashed ? suppressionsText.hashed(text) : text
}
