import { CapGauge } from '../../app/components/cap-gauge.tsx'
import { formatMoney } from '../../app/format.ts'
import type { OwnSchool } from '../own-school.tsx'
import { limitsText } from '../text/campaigns.ts'

type Limits = Pick<OwnSchool, 'credit' | 'capUsage'>

/** How much of the school's credit and of its caps over all campaigns is used. */
export function SchoolLimits({ school: { credit, capUsage } }: { school: Limits }) {
  if (!credit && capUsage.length === 0) return null
  return (
    <section class="card" aria-labelledby="limits">
      <h2 id="limits">{limitsText.title}</h2>
      <ul class="plain-list">
        {credit && (
          <li class="gauge">
            <CreditGauge credit={credit} />
          </li>
        )}
        {capUsage.map((cap) => (
          <li key={`${cap.period} ${cap.unit} ${cap.limit}`} class="gauge">
            <CapGauge cap={cap} />
          </li>
        ))}
      </ul>
      <p class="help">{limitsText.help}</p>
    </section>
  )
}

function CreditGauge({ credit: { limitCents, usedCents, leftCents } }: { credit: NonNullable<Limits['credit']> }) {
  const meter = { min: 0, max: Math.max(limitCents, 1), low: limitCents * 0.8, high: limitCents * 0.999, optimum: 0 }
  return (
    <>
      <meter aria-label={limitsText.creditLabel} value={Math.min(usedCents, limitCents)} {...meter} />
      <span>{limitsText.credit(formatMoney(usedCents), formatMoney(limitCents), formatMoney(leftCents))}</span>
    </>
  )
}
