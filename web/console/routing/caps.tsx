import { useState } from 'preact/hooks'
import { listCaps } from '#shared/contract/routing/cap-usage.ts'
import { Badge } from '../../app/components/badge.tsx'
import { CapGauge, type CapUsage } from '../../app/components/cap-gauge.tsx'
import { formatNumber } from '../../app/format.ts'
import { usePages } from '../../app/hooks/use-pages.tsx'
import { Link } from '../../app/router.tsx'
import { capUsageText } from '../text/routing-text.ts'

type CapRow = {
  campaignId: string
  schoolName: string
  name?: string | undefined
  status: 'active' | 'paused'
  cap: CapUsage
}

const initialCount = 9

/** The current usage of all caps, highest first. */
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
      <h2 id="caps">{capUsageText.title}</h2>
      {note ??
        (capRows.length === 0 ? (
          <p class="empty">{capUsageText.empty}</p>
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
          {capUsageText.showAll(formatNumber(capRows.length))}
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
        <strong>{schoolName}</strong> {status !== 'active' && <Badge kind="record" status={status} />}
        <br />
        <Link to={`/campaigns/${encodeURIComponent(campaignId)}`}>{name ?? campaignId}</Link>
      </span>
      <CapGauge cap={cap} label={capUsageText.name(schoolName, name ?? campaignId)} />
    </>
  )
}

function getUsageShare({ used, limit }: CapUsage): number {
  return limit === 0 ? 1 : used / limit
}
