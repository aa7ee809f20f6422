import { listReturns } from '#shared/contract/aftercare/returns.ts'
import { listUntakenWork } from '#shared/contract/aftercare/untaken-work.ts'
import { listRejectedInbound } from '#shared/contract/capture/inbound.ts'
import { listQuarantine } from '#shared/contract/capture/quarantine.ts'
import { readAttention } from '#shared/contract/reporting/attention.ts'
import { readReconciliation } from '#shared/contract/reporting/reports.ts'
import { listCaps } from '#shared/contract/routing/cap-usage.ts'
import type { AttentionCode } from '#shared/domain/reporting/attention.ts'
import { shiftDay } from '#shared/domain/time.ts'
import { useApiData } from '../../app/browser-client.tsx'
import { Instant } from '../../app/components/instant.tsx'
import { formatMoney } from '../../app/format.ts'
import { useAllPages } from '../../app/hooks/use-all-pages.ts'
import { Link } from '../../app/router.tsx'
import { toDayStart } from '../../app/time-zone.ts'
import { attentionText } from '../text/reporting-text.ts'
import { type AttentionRow, listLimitAttention, sortAttention, toCountRow, toHostRow } from './attention-items.ts'
import type { DayCounts } from './day-counts.ts'
import { useWaitingMoney } from './use-waiting-money.ts'

/** These are counted here, each with a link to its page. */
const countedCodes = new Set<AttentionCode>([
  'drift',
  'cap-almost-used',
  'cap-used',
  'credit-almost-used',
  'credit-used',
])

/** What staff must act on, by what it costs, each with a link to where it is fixed. */
export function Attention({ date, day: { deliveries } }: { date: string; day: DayCounts }) {
  const [reconciliation] = useApiData(readReconciliation, { query: { day: date } })
  const [host] = useApiData(readAttention, {})
  const [quarantine] = useApiData(listQuarantine, { query: { limit: 100 } })
  const [returns] = useApiData(listReturns, { query: { limit: 100 } })
  const [untakenWork] = useApiData(listUntakenWork, { query: { limit: 100 } })
  const [rejectedInbound] = useApiData(listRejectedInbound, { query: { limit: 100 } })
  const limits = useAllPages((call, page) => call(listCaps, { query: { ...page, limit: 100 } }))
  const money = useWaitingMoney({ from: toDayStart(date), to: toDayStart(shiftDay(date, 1)) })
  const campaigns = limits.pages.flatMap((page) => page.campaigns)
  const names = {
    schools: new Map(campaigns.map(({ schoolId, schoolName }) => [schoolId, schoolName])),
    campaigns: new Map(
      campaigns.map(({ campaignId, schoolName, name = campaignId }) => [campaignId, `${schoolName}, ${name}`]),
    ),
  }
  const waitingReturns = returns.body?.returns ?? []
  const countRows = [
    {
      ...toCountRow('drift', reconciliation.body?.drift ?? 0, attentionText.differences),
      help: attentionText.differencesHelp,
      to: `/reconciliation?day=${date}`,
    },
    {
      ...toCountRow('failed', deliveries.dead ?? 0, attentionText.failed),
      help: attentionText.failedHelp,
      to: `/deliveries?state=dead&day=${date}`,
      cents: money.deadCents,
    },
    {
      ...toCountRow('in-review', quarantine.body?.leads.length ?? 0, attentionText.inReview),
      help: attentionText.inReviewHelp,
      to: '/quarantine',
    },
    {
      ...toCountRow('returns', waitingReturns.length, attentionText.returns),
      help: attentionText.returnsHelp,
      to: '/returns',
      cents: waitingReturns.reduce((sum, { creditCents }) => sum + creditCents, 0),
    },
    {
      ...toCountRow('untaken-work', untakenWork.body?.untakenWork.length ?? 0, attentionText.untakenWork),
      help: attentionText.untakenWorkHelp,
      to: '/untaken-work',
    },
    {
      ...toCountRow('rejected-inbound', rejectedInbound.body?.rejected.length ?? 0, attentionText.rejectedInbound),
      help: attentionText.rejectedInboundHelp,
      to: '/rejected-inbound',
    },
    {
      ...toCountRow('on-hold', deliveries.parked ?? 0, attentionText.onHold),
      help: attentionText.onHoldHelp,
      to: `/deliveries?state=parked&day=${date}`,
      cents: money.allParkedCents,
    },
  ]
  const hostRows = (host.body?.items ?? [])
    .filter(({ code }) => !countedCodes.has(code))
    .map((item) => toHostRow(item, names, money.parkedCents))
  const rows = sortAttention([
    ...hostRows,
    ...listLimitAttention(limits.pages),
    ...countRows.filter(({ count }) => count > 0),
  ])
  const isLoading =
    money.isLoading ||
    [host, reconciliation, quarantine, returns, untakenWork, rejectedInbound, limits].some(
      ({ state }) => state === 'loading',
    )
  return (
    <section class="card" aria-labelledby="attention">
      <h2 id="attention">{attentionText.title}</h2>
      <div aria-live="polite">
        {rows.length > 0 ? (
          <ul class="attention-items">
            {rows.map((row) => (
              <li key={row.key}>
                <AttentionEntry row={row} />
              </li>
            ))}
          </ul>
        ) : (
          !isLoading && <p>{attentionText.allClear}</p>
        )}
      </div>
      <p class="help">
        {reconciliation.state === 'ready' ? (
          <>
            {attentionText.lastReconciled} <Instant at={reconciliation.body.finishedAt} />.{' '}
            <Link to={`/reconciliation?day=${date}`}>{attentionText.viewReconciliation}</Link>
          </>
        ) : (
          attentionText.notReconciled
        )}
      </p>
    </section>
  )
}

function AttentionEntry({ row: { title, help, to, cents = 0, since } }: { row: AttentionRow }) {
  return (
    <>
      {to === undefined ? <strong>{title}</strong> : <Link to={to}>{title}</Link>}
      {cents > 0 && <span>{attentionText.atStake(formatMoney(cents))}</span>}
      <span class="help">
        {help}
        {since && (
          <>
            {' '}
            {attentionText.since} <Instant at={since} />.
          </>
        )}
      </span>
    </>
  )
}
