import type { Decision } from '#shared/domain/routing/decision.ts'
import { Moment } from '../../app/components/moment.tsx'
import type { Names } from '../catalog/names.tsx'
import { Verdicts } from '../routing/verdicts.tsx'

type Props = { decisions: readonly Decision[]; schools: Names; campaigns: Names }

/** Each time that schools were chosen. The latest stands open. */
export function Decided({ decisions, schools, campaigns }: Props) {
  return decisions.map((decision, at) => {
    const { decidedAt, verdicts, rulesVersion } = decision
    const taken = verdicts.filter(({ selected }) => selected).length
    const titled = at === 0 ? 'Schools were chosen' : 'It was offered again'
    return (
      <Moment key={decidedAt} title={`${titled}: ${taken} of ${verdicts.length} campaigns get it`} at={decidedAt}>
        <details open={at === decisions.length - 1}>
          <summary>All verdicts</summary>
          <Verdicts decision={decision} schools={schools} campaigns={campaigns} selected="Gets the lead" />
        </details>
        <p class="help">Decided by version {rulesVersion} of the rules.</p>
      </Moment>
    )
  })
}
