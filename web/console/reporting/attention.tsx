import './attention.css'
import { listReturns } from '#shared/contract/aftercare/returns.ts'
import { listQuarantine } from '#shared/contract/capture/quarantine.ts'
import { readReconciliation } from '#shared/contract/reporting/reports.ts'
import { useApiData } from '../../app/browser-client.tsx'
import { formatNumber, Instant } from '../../app/components/format.tsx'
import { Link } from '../../app/router.tsx'
import type { DayCounts } from './day-counts.ts'

type AttentionItem = { count: number; singular: string; plural: string; help: string; to: string }

/** What nobody will mend by itself, each with the way to it. */
export function Attention({ date, day: { deliveries } }: { date: string; day: DayCounts }) {
  const [reconciliation] = useApiData(readReconciliation, { query: { day: date } })
  const [quarantine] = useApiData(listQuarantine, { query: { limit: 100 } })
  const [returnRequests] = useApiData(listReturns, { query: { limit: 100 } })
  const { dead = 0, parked = 0 } = deliveries
  const items = listAttentionItems({
    drift: reconciliation.body?.drift ?? 0,
    dead,
    parked,
    quarantined: quarantine.body?.leads.length ?? 0,
    returns: returnRequests.body?.returns.length ?? 0,
    date,
  }).filter(({ count }) => count > 0)
  return (
    <section class="card" aria-labelledby="attention">
      <h2 id="attention">What needs attention</h2>
      <div aria-live="polite">
        {items.length > 0 ? (
          <ul class="matters">
            {items.map(({ count, singular, plural, help, to }) => (
              <li key={to}>
                <Link to={to}>
                  {formatNumber(count)} {count === 1 ? singular : plural}
                </Link>
                <span class="help">{help}</span>
              </li>
            ))}
          </ul>
        ) : (
          ![reconciliation, quarantine, returnRequests].some(({ state }) => state === 'loading') && (
            <p>Nothing: all runs by itself.</p>
          )
        )}
      </div>
      <p class="help">
        {reconciliation.state === 'ready' ? (
          <>
            The <Link to={`/books?day=${date}`}>books of this day</Link> were made{' '}
            <Instant at={reconciliation.body.finishedAt} />.
          </>
        ) : (
          'The books of this day are not made yet; they are made every hour, for today and yesterday.'
        )}
      </p>
    </section>
  )
}

function listAttentionItems(counts: {
  drift: number
  dead: number
  parked: number
  quarantined: number
  returns: number
  date: string
}): AttentionItem[] {
  return [
    {
      count: counts.drift,
      singular: 'difference in the books',
      plural: 'differences in the books',
      help: 'The two sides do not agree. That is a fault of ours; look at the leads.',
      to: `/books?day=${counts.date}`,
    },
    {
      count: counts.dead,
      singular: 'dead delivery',
      plural: 'dead deliveries',
      help: 'Nobody sends them by itself. Mend the endpoint with the school, then replay.',
      to: `/deliveries?state=dead&day=${counts.date}`,
    },
    {
      count: counts.quarantined,
      singular: 'lead in quarantine',
      plural: 'leads in quarantine',
      help: 'They wait for you: release or reject.',
      to: '/quarantine',
    },
    {
      count: counts.returns,
      singular: 'return asked for',
      plural: 'returns asked for',
      help: 'Their schools want credit and wait for your answer.',
      to: '/returns',
    },
    {
      count: counts.parked,
      singular: 'parked delivery',
      plural: 'parked deliveries',
      help: 'They wait for a school’s hours, or for its closed endpoint.',
      to: `/deliveries?state=parked&day=${counts.date}`,
    },
  ]
}
