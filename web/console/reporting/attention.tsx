import { listReturns } from '#shared/contract/aftercare/returns.ts'
import { listUntakenWork } from '#shared/contract/aftercare/untaken-work.ts'
import { listQuarantine } from '#shared/contract/capture/quarantine.ts'
import { readAttention } from '#shared/contract/reporting/attention.ts'
import { readReconciliation } from '#shared/contract/reporting/reports.ts'
import { listCaps } from '#shared/contract/routing/cap-usage.ts'
import type { AttentionCode } from '#shared/domain/reporting/attention.ts'
import { findCreditLevel } from '#shared/domain/routing/edits/credit-level.ts'
import { useApiData } from '../../app/browser-client.tsx'
import { Instant } from '../../app/components/instant.tsx'
import { formatNumber } from '../../app/format.ts'
import { useAllPages } from '../../app/hooks/use-all-pages.ts'
import { Link } from '../../app/router.tsx'
import { attentionText } from '../text/reporting-text.ts'
import type { DayCounts } from './day-counts.ts'

type AttentionItem = {
  count: number
  title: (count: string, isOne: boolean) => string
  help: string
  to: string
}

/** These are counted below, each with a link to its page. */
const countedCodes = new Set<string>([
  'drift',
  'cap-almost-used',
  'cap-used',
  'credit-almost-used',
  'credit-used',
] satisfies AttentionCode[])

/** What staff must act on, each with a link to it. */
export function Attention({ date, day: { deliveries } }: { date: string; day: DayCounts }) {
  const [reconciliation] = useApiData(readReconciliation, { query: { day: date } })
  const [host] = useApiData(readAttention, {})
  const [quarantine] = useApiData(listQuarantine, { query: { limit: 100 } })
  const [returns] = useApiData(listReturns, { query: { limit: 100 } })
  const [untakenWork] = useApiData(listUntakenWork, { query: { limit: 100 } })
  const limits = useAllPages((call, page) => call(listCaps, { query: { ...page, limit: 100 } }))
  // A school is on each page that has one of its campaigns.
  const limitedSchools = [
    ...new Map(limits.pages.flatMap(({ schools }) => schools.map((one) => [one.schoolId, one] as const))).values(),
  ]
  const allItems: AttentionItem[] = [
    {
      count: limitedSchools.filter(({ credit }) => credit && findCreditLevel(credit) > 0).length,
      title: attentionText.credit,
      help: attentionText.creditHelp,
      to: '/schools',
    },
    {
      count: limitedSchools.filter(({ caps }) => caps.some(({ used, limit }) => used >= limit)).length,
      title: attentionText.schoolCaps,
      help: attentionText.schoolCapsHelp,
      to: '/schools',
    },
    {
      count: reconciliation.body?.drift ?? 0,
      title: attentionText.differences,
      help: attentionText.differencesHelp,
      to: `/reconciliation?day=${date}`,
    },
    {
      count: deliveries.dead ?? 0,
      title: attentionText.failed,
      help: attentionText.failedHelp,
      to: `/deliveries?state=dead&day=${date}`,
    },
    {
      count: quarantine.body?.leads.length ?? 0,
      title: attentionText.inReview,
      help: attentionText.inReviewHelp,
      to: '/quarantine',
    },
    {
      count: returns.body?.returns.length ?? 0,
      title: attentionText.returns,
      help: attentionText.returnsHelp,
      to: '/returns',
    },
    {
      count: untakenWork.body?.untakenWork.length ?? 0,
      title: attentionText.untakenWork,
      help: attentionText.untakenWorkHelp,
      to: '/untaken-work',
    },
    {
      count: deliveries.parked ?? 0,
      title: attentionText.onHold,
      help: attentionText.onHoldHelp,
      to: `/deliveries?state=parked&day=${date}`,
    },
  ]
  const items = allItems.filter(({ count }) => count > 0)
  const hostFaults = host.body?.items.filter(({ code }) => !countedCodes.has(code)) ?? []
  const isLoading = [host, reconciliation, quarantine, returns, untakenWork, limits].some(
    ({ state }) => state === 'loading',
  )
  return (
    <section class="card" aria-labelledby="attention">
      <h2 id="attention">{attentionText.title}</h2>
      <div aria-live="polite">
        {items.length + hostFaults.length > 0 ? (
          <ul class="attention-items">
            {hostFaults.map(({ code, subject, since, reason, detail }) => (
              <li key={`${code} ${subject}`}>
                <strong>
                  {attentionText.hostFaults[code]}
                  {subject !== undefined && ` (${subject})`}
                </strong>
                <span class="help">
                  {detail} {attentionText.since} <Instant at={since} />: {reason}.
                </span>
              </li>
            ))}
            {items.map(({ count, title, help, to }) => (
              <li key={title(String(count), false)}>
                <Link to={to}>{title(formatNumber(count), count === 1)}</Link>
                <span class="help">{help}</span>
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
