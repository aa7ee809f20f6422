import { useState } from 'preact/hooks'
import { listCaps } from '#shared/contract/reporting/overview.ts'
import { CapGauge, type Standing } from '../../app/components/cap-gauge.tsx'
import { Badge, number } from '../../app/components/words.tsx'
import { usePages } from '../../app/hooks/use-pages.tsx'
import { Link } from '../../app/place.tsx'

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
  return (
    <>
      <span>
        <strong>{schoolName}</strong> {status !== 'active' && <Badge word={status} />}
        <br />
        <Link to={`/campaigns/${encodeURIComponent(campaignId)}`}>{name ?? campaignId}</Link>
      </span>
      <CapGauge cap={cap} label={`${schoolName}: ${name ?? campaignId}`} />
    </>
  )
}

function shareOf({ used, limit }: Standing): number {
  return limit === 0 ? 1 : used / limit
}
