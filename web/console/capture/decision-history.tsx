import type { Decision } from '#shared/domain/routing/decision.ts'
import { TimelineEntry } from '../../app/components/timeline.tsx'
import { formatNumber } from '../../app/format.ts'
import type { Names } from '../catalog/names.tsx'
import { Verdicts } from '../routing/verdicts.tsx'
import { leadText } from '../text/capture-text.ts'

type Props = { decisions: readonly Decision[]; schools: Names; campaigns: Names }

/** Each routing decision for the lead. The latest is open. */
export function DecisionHistory({ decisions, schools, campaigns }: Props) {
  return decisions.map((decision, index) => {
    const { decidedAt, verdicts, rulesVersion } = decision
    const selectedCount = verdicts.filter(({ selected }) => selected).length
    const title = index === 0 ? leadText.decision : leadText.laterDecision
    return (
      <TimelineEntry
        key={decidedAt}
        title={title(formatNumber(selectedCount), formatNumber(verdicts.length))}
        at={decidedAt}
      >
        <details open={index === decisions.length - 1}>
          <summary>{leadText.verdicts}</summary>
          <Verdicts decision={decision} schools={schools} campaigns={campaigns} outcome="sold" />
        </details>
        <p class="help">{leadText.rulesVersion(rulesVersion)}</p>
      </TimelineEntry>
    )
  })
}
