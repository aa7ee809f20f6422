import { useState } from 'preact/hooks'
import type * as z from 'zod'
import { listCaps } from '#shared/contract/overview.ts'
import type { capStanding } from '#shared/contract/school-campaigns.ts'
import { usePages } from '../app/use-pages.tsx'
import { Badge, Instant, money, number } from '../app/words.tsx'

type Standing = z.output<typeof capStanding>
type Capped = { campaignId: string; schoolName: string; name?: string | undefined; status: string; cap: Standing }

const shownAtFirst = 9

/** How full the caps are now, the fullest first. */
export function Caps() {
  const [all, setAll] = useState(false)
  const { rows, more, note } = usePages(
    [],
    (call, page) => call(listCaps, { query: { ...page, limit: 100 } }),
    ({ body }) => body.campaigns,
  )
  const capped: Capped[] = rows
    .flatMap(({ caps, ...campaign }) => caps.map((cap) => ({ ...campaign, cap })))
    .sort((one, other) => shareOf(other.cap) - shareOf(one.cap))
  const shown = all ? capped : capped.slice(0, shownAtFirst)
  return (
    <section class="card" aria-labelledby="caps">
      <h2 id="caps">Caps now</h2>
      {note ??
        (capped.length === 0 ? (
          <p class="empty">No campaign has a cap. With one, a school gets no more leads than it pays for.</p>
        ) : (
          <ul class="gauges">
            {shown.map((one) => (
              <li key={`${one.campaignId} ${one.cap.period} ${one.cap.unit}`}>
                <Gauge of={one} />
              </li>
            ))}
          </ul>
        ))}
      {shown.length < capped.length && (
        <button type="button" class="button second" onClick={() => setAll(true)}>
          Show all {number(capped.length)} caps
        </button>
      )}
      {more}
    </section>
  )
}

function Gauge({ of: { schoolName, name, campaignId, status, cap } }: { of: Capped }) {
  const { used, limit, unit, period, endsAt } = cap
  const told = unit === 'cents' ? money : number
  const titled = `${schoolName}: ${name ?? campaignId}`
  const meter = { min: 0, max: Math.max(limit, 1), low: limit * 0.8, high: limit * 0.999, optimum: 0 }
  return (
    <>
      <span>
        <strong>{schoolName}</strong> {status !== 'active' && <Badge word={status} />}
        <br />
        <span class="help">{name ?? campaignId}</span>
      </span>
      <meter aria-label={titled} value={Math.min(used, limit)} {...meter} />
      <span>
        {told(used)} of {told(limit)} {unit === 'cents' ? '' : 'leads '}
        {period === 'total' ? 'in total' : `this ${period}`}
        {used >= limit && <strong> · full</strong>}
      </span>
      {endsAt && used >= limit && (
        <span class="help">
          until <Instant at={endsAt} />
        </span>
      )}
    </>
  )
}

function shareOf({ used, limit }: Standing): number {
  return limit === 0 ? 1 : used / limit
}
