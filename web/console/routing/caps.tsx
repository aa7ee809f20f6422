import { useState } from 'preact/hooks'
import { listCaps } from '#shared/contract/reporting/overview.ts'
import { CapGauge, type CapUsage } from '../../app/components/cap-gauge.tsx'
import { Badge, formatNumber } from '../../app/components/format.tsx'
import { usePages } from '../../app/hooks/use-pages.tsx'
import { Link } from '../../app/router.tsx'

type CapRow = { campaignId: string; schoolName: string; name?: string | undefined; status: string; cap: CapUsage }

const initialCount = 9

/** How full the caps are now, the fullest first. */
export function Caps() {
  const [isExpanded, setExpanded] = useState(false)
  const { rows, more, note } = usePages(
    [],
    (call, page) => call(listCaps, { query: { ...page, limit: 100 } }),
    ({ body }) => body.campaigns,
  )
  const capRows: CapRow[] = rows
    .flatMap(({ caps, ...campaign }) => caps.map((cap) => ({ ...campaign, cap })))
    .sort((one, other) => getUsageShare(other.cap) - getUsageShare(one.cap))
  const visibleRows = isExpanded ? capRows : capRows.slice(0, initialCount)
  return (
    <section class="card" aria-labelledby="caps">
      <h2 id="caps">Caps now</h2>
      {note ??
        (capRows.length === 0 ? (
          <p class="empty">No campaign has a cap. With one, a school gets no more leads than it pays for.</p>
        ) : (
          <ul class="gauges">
            {visibleRows.map((row) => (
              <li key={`${row.campaignId} ${row.cap.period} ${row.cap.unit}`}>
                <CapRowGauge row={row} />
              </li>
            ))}
          </ul>
        ))}
      {visibleRows.length < capRows.length && (
        <button type="button" class="button second" onClick={() => setExpanded(true)}>
          Show all {formatNumber(capRows.length)} caps
        </button>
      )}
      {more}
    </section>
  )
}

function CapRowGauge({ row: { schoolName, name, campaignId, status, cap } }: { row: CapRow }) {
  return (
    <>
      <span>
        <strong>{schoolName}</strong> {status !== 'active' && <Badge text={status} />}
        <br />
        <Link to={`/campaigns/${encodeURIComponent(campaignId)}`}>{name ?? campaignId}</Link>
      </span>
      <CapGauge cap={cap} label={`${schoolName}: ${name ?? campaignId}`} />
    </>
  )
}

function getUsageShare({ used, limit }: CapUsage): number {
  return limit === 0 ? 1 : used / limit
}
