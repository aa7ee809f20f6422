import { computeRunCost } from '#shared/domain/reporting/cost/compute-usage-cost.ts'
import { prices } from '#shared/domain/reporting/cost/prices.ts'
import type { ReportedFigures } from '#shared/domain/reporting/report.ts'
import { formatDay, formatMoney } from '../../app/format.ts'
import { economicsText as text } from '../text/reporting-text.ts'

/** What a lead of a report brought in, was paid for and costs to run, one beside the other. */
export function LeadEconomics({ total }: { total: ReportedFigures | undefined }) {
  if (!total || total.leads.received === 0) return null
  const { leads, deliveries, money } = total
  const runUsd = computeRunCost({ leads: leads.received, deliveries: deliveries.created })
  const perLead = (cents: number) => formatMoney(Math.round(cents / leads.received))
  return (
    <>
      <h2>{text.title}</h2>
      <dl class="details">
        <dt>{text.revenue}</dt>
        <dd>{perLead(money.netCents)}</dd>
        <dt>{text.payout}</dt>
        <dd>{perLead(money.payoutCents)}</dd>
        <dt>{text.margin}</dt>
        <dd>{perLead(money.marginCents)}</dd>
        <dt>{text.run}</dt>
        <dd>{text.runCost(formatUsd(runUsd / leads.received, 6), formatUsd(runUsd, 2))}</dd>
      </dl>
      <p class="help">{text.help(formatDay(prices.readOn))}</p>
    </>
  )
}

function formatUsd(usd: number, digits: number): string {
  return usd.toLocaleString('en-US', { style: 'currency', currency: 'USD', maximumFractionDigits: digits })
}
