import type { Decision } from '#shared/domain/routing/decision.ts'
import { TimelineEntry } from '../../app/components/timeline-entry.tsx'
import type { Names } from '../catalog/names.tsx'
import { Verdicts } from '../routing/verdicts.tsx'

type Props = { decisions: readonly Decision[]; schools: Names; campaigns: Names }

/** Each time that schools were chosen. The latest stands open. */
export function DecisionHistory({ decisions, schools, campaigns }: Props) {
  return decisions.map((decision, index) => {
    const { decidedAt, verdicts, rulesVersion } = decision
    const selectedCount = verdicts.filter(({ selected }) => selected).length
    const title = index === 0 ? 'Schools were chosen' : 'It was offered again'
    return (
      <TimelineEntry
        key={decidedAt}
        title={`${title}: ${selectedCount} of ${verdicts.length} campaigns get it`}
        at={decidedAt}
      >
        <details open={index === decisions.length - 1}>
          <summary>All verdicts</summary>
          <Verdicts decision={decision} schools={schools} campaigns={campaigns} selectedLabel="Gets the lead" />
        </details>
        <p class="help">Decided by version {rulesVersion} of the rules.</p>
      </TimelineEntry>
    )
  })
}
