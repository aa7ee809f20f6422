import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type * as z from 'zod'
import { listCaps } from '#shared/contract/routing/cap-usage.ts'
import { listSourceCaps } from '#shared/contract/routing/source-caps.ts'
import { Badge } from '../../app/components/badge.tsx'
import { CapGauge, type CapUsage } from '../../app/components/cap-gauge.tsx'
import { formatMoney, formatNumber } from '../../app/format.ts'
import { usePages } from '../../app/hooks/use-pages.tsx'
import { Link } from '../../app/router.tsx'
import { capUsageText } from '../text/routing-text.ts'

type CapsPage = z.output<(typeof listCaps.responses)[200]['body']>
type LimitRow = {
  key: string
  /** The school, or the source. */
  ownerName: string
  to: string
  name: string
  status: 'active' | 'paused'
  usageShare: number
  gauge: ComponentChildren
}

const initialCount = 9

/** The current usage of all caps and credit limits, highest first. */
export function Caps() {
  const [isExpanded, setExpanded] = useState(false)
  const { rows, more, note } = usePages(
    [],
    (call, page) => call(listCaps, { query: { ...page, limit: 100 } }),
    ({ body }) => [body],
  )
  const sources = usePages(
    [],
    (call, page) => call(listSourceCaps, { query: { ...page, limit: 100 } }),
    ({ body }) => body.sources,
  )
  const limitRows = [...listLimitRows(rows), ...sources.rows.flatMap(toSourceRows)].sort(
    (one, other) => other.usageShare - one.usageShare,
  )
  const visibleRows = isExpanded ? limitRows : limitRows.slice(0, initialCount)
  return (
    <section class="card" aria-labelledby="caps">
      <h2 id="caps">{capUsageText.title}</h2>
      {note ??
        (limitRows.length === 0 ? (
          <p class="empty">{capUsageText.empty}</p>
        ) : (
          <ul class="gauges">
            {visibleRows.map(({ key, ownerName, to, name, status, gauge }) => (
              <li key={key}>
                <span>
                  <strong>{ownerName}</strong> {status !== 'active' && <Badge kind="record" status={status} />}
                  <br />
                  <Link to={to}>{name}</Link>
                </span>
                {gauge}
              </li>
            ))}
          </ul>
        ))}
      {visibleRows.length < limitRows.length && (
        <button type="button" class="button second" onClick={() => setExpanded(true)}>
          {capUsageText.showAll(formatNumber(limitRows.length))}
        </button>
      )}
      {more}
      {sources.more}
      {limitRows.length > 0 && <p class="help">{capUsageText.zone}</p>}
    </section>
  )
}

/** Caps of campaigns, caps over all campaigns of a school, and credits. A school may be on more than one page. */
function listLimitRows(pages: readonly CapsPage[]): LimitRow[] {
  const schools = new Map(pages.flatMap((page) => page.schools.map((school) => [school.schoolId, school] as const)))
  const toCapRow = (owner: Omit<LimitRow, 'key' | 'usageShare' | 'gauge'>, id: string) => (cap: CapUsage) => ({
    ...owner,
    key: `${id} ${cap.by} ${cap.period} ${cap.unit} ${cap.limit}`,
    usageShare: getUsageShare(cap),
    gauge: <CapGauge cap={cap} label={capUsageText.name(owner.ownerName, owner.name)} />,
  })
  const campaignRows = pages
    .flatMap((page) => page.campaigns)
    .flatMap(({ campaignId, schoolName, status, name = campaignId, caps }) =>
      caps.map(
        toCapRow(
          { ownerName: schoolName, status, name, to: `/campaigns/${encodeURIComponent(campaignId)}` },
          campaignId,
        ),
      ),
    )
  const schoolRows = [...schools.values()].flatMap(({ schoolId, schoolName, status, caps, credit }) => {
    const owner = {
      ownerName: schoolName,
      status,
      name: capUsageText.allCampaigns,
      to: `/schools/${encodeURIComponent(schoolId)}`,
    }
    const creditRow = credit && {
      ...owner,
      key: `${schoolId} credit`,
      name: capUsageText.credit,
      usageShare: credit.limitCents === 0 ? 1 : credit.usedCents / credit.limitCents,
      gauge: <CreditGauge credit={credit} schoolName={schoolName} />,
    }
    return [...(creditRow ? [creditRow] : []), ...caps.map(toCapRow(owner, schoolId))]
  })
  return [...campaignRows, ...schoolRows]
}

type SourceCaps = z.output<(typeof listSourceCaps.responses)[200]['body']>['sources'][number]

function toSourceRows({ sourceId, name, status, open, caps }: SourceCaps): LimitRow[] {
  return caps.map(({ period, limit, used, endsAt }) => {
    const cap: CapUsage = {
      ...{ period, limit, used, unit: 'leads', by: 'contract', counts: true },
      ...(endsAt !== undefined && { endsAt }),
    }
    return {
      key: `source ${sourceId} ${period}`,
      ownerName: name,
      status,
      name: open ? capUsageText.source : capUsageText.closedSource,
      to: `/sources/${encodeURIComponent(sourceId)}`,
      usageShare: getUsageShare(cap),
      gauge: <CapGauge cap={cap} label={capUsageText.name(name, capUsageText.source)} />,
    }
  })
}

type Credit = NonNullable<CapsPage['schools'][number]['credit']>

function CreditGauge({ credit, schoolName }: { credit: Credit; schoolName: string }) {
  const { limitCents, usedCents, leftCents } = credit
  const meter = { min: 0, max: Math.max(limitCents, 1), low: limitCents * 0.8, high: limitCents * 0.999, optimum: 0 }
  const label = capUsageText.name(schoolName, capUsageText.credit)
  return (
    <>
      <meter aria-label={label} value={Math.min(usedCents, limitCents)} {...meter} />
      <span>{capUsageText.creditUsage(formatMoney(usedCents), formatMoney(limitCents), formatMoney(leftCents))}</span>
    </>
  )
}

function getUsageShare({ used, limit }: CapUsage): number {
  return limit === 0 ? 1 : used / limit
}
