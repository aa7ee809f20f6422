import './attention.css'
import { listReturns } from '#shared/contract/aftercare/returns.ts'
import { listQuarantine } from '#shared/contract/capture/quarantine.ts'
import { readReconciliation } from '#shared/contract/reporting/reports.ts'
import { useLoaded } from '../../app/api.tsx'
import { Instant, number } from '../../app/components/words.tsx'
import { Link } from '../../app/place.tsx'
import type { Day } from './day-of.ts'

type Matter = { count: number; one: string; many: string; help: string; to: string }

/** What nobody will mend by itself, each with the way to it. */
export function Attention({ date, day: { deliveries } }: { date: string; day: Day }) {
  const [books] = useLoaded(readReconciliation, { query: { day: date } })
  const [kept] = useLoaded(listQuarantine, { query: { limit: 100 } })
  const [asked] = useLoaded(listReturns, { query: { limit: 100 } })
  const { dead = 0, parked = 0 } = deliveries
  const matters = mattersOf({
    drift: books.body?.drift ?? 0,
    dead,
    parked,
    held: kept.body?.leads.length ?? 0,
    returns: asked.body?.returns.length ?? 0,
    date,
  }).filter(({ count }) => count > 0)
  return (
    <section class="card" aria-labelledby="attention">
      <h2 id="attention">What needs attention</h2>
      <div aria-live="polite">
        {matters.length > 0 ? (
          <ul class="matters">
            {matters.map(({ count, one, many, help, to }) => (
              <li key={to}>
                <Link to={to}>
                  {number(count)} {count === 1 ? one : many}
                </Link>
                <span class="help">{help}</span>
              </li>
            ))}
          </ul>
        ) : (
          ![books, kept, asked].some(({ state }) => state === 'loading') && <p>Nothing: all runs by itself.</p>
        )}
      </div>
      <p class="help">
        {books.state === 'ready' ? (
          <>
            The <Link to={`/books?day=${date}`}>books of this day</Link> were made{' '}
            <Instant at={books.body.finishedAt} />.
          </>
        ) : (
          'The books of this day are not made yet; they are made every hour, for today and yesterday.'
        )}
      </p>
    </section>
  )
}

function mattersOf(of: {
  drift: number
  dead: number
  parked: number
  held: number
  returns: number
  date: string
}): Matter[] {
  return [
    {
      count: of.drift,
      one: 'difference in the books',
      many: 'differences in the books',
      help: 'The two sides do not agree. That is a fault of ours; look at the leads.',
      to: `/books?day=${of.date}`,
    },
    {
      count: of.dead,
      one: 'dead delivery',
      many: 'dead deliveries',
      help: 'Nobody sends them by itself. Mend the endpoint with the school, then replay.',
      to: `/deliveries?state=dead&day=${of.date}`,
    },
    {
      count: of.held,
      one: 'lead in quarantine',
      many: 'leads in quarantine',
      help: 'They wait for you: release or reject.',
      to: '/quarantine',
    },
    {
      count: of.returns,
      one: 'return asked for',
      many: 'returns asked for',
      help: 'Their schools want credit and wait for your answer.',
      to: '/returns',
    },
    {
      count: of.parked,
      one: 'parked delivery',
      many: 'parked deliveries',
      help: 'They wait for a school’s hours, or for its closed endpoint.',
      to: `/deliveries?state=parked&day=${of.date}`,
    },
  ]
}
