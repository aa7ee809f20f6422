import { readGroupReport as route } from '#shared/contract/reporting/reports.ts'
import type { Reply } from '#shared/contract/route.ts'
import { parseOwnerName } from '#shared/domain/catalog/generation.ts'
import {
  addDeliveryFigures,
  type DeliveryFigures,
  emptyDeliveryFigures,
  emptyGroups,
  type Figures,
  type ReportGroup,
  type RollUpFigures,
} from '#shared/domain/reporting/figures.ts'
import { toReportedDeliveries } from '#shared/domain/reporting/report.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { type LoadSpanReportDependencies, loadSpanReport } from './load-span-report.ts'

/** Returns results and revenue by campaign, program, career or state. */
export async function readGroupReport(
  { query: { by, ...span } }: Request<typeof route>,
  deps: LoadSpanReportDependencies,
): Promise<Reply<typeof route>> {
  const { head, days, sum } = await loadSpanReport(span, deps)
  const rows = listGroupRows(by, sum)
  const total = toReportedDeliveries(rows.reduce<DeliveryFigures>(addDeliveryFigures, emptyDeliveryFigures))
  const uncounted = days.filter(({ hasGroups }) => !hasGroups).map(({ day }) => day)
  const missing = [...head.missing, ...uncounted].toSorted()
  const reported = rows.map(({ id, generation, ...figures }) => ({
    id,
    ...(generation && { generation }),
    ...toReported(figures),
  }))
  return { status: 200, body: { ...head, missing, by, rows: reported, ...(rows.length > 0 && { total }) } }
}

/** `generation`: of a campaign whose ID was used before. */
type GroupRow = DeliveryFigures & Partial<Pick<Figures, 'leads'>> & { id: string; generation?: number }

/** Highest revenue first. */
export function listGroupRows(by: ReportGroup, { groups = emptyGroups }: Pick<RollUpFigures, 'groups'>): GroupRow[] {
  const rows: readonly GroupRow[] = groups[by]
  return rows
    .toSorted((one, other) => other.soldCents - one.soldCents || (one.id < other.id ? -1 : 1))
    .map((row) => ({ ...row, ...parseOwnerName(row.id) }))
}

export function toReported(figures: DeliveryFigures & Partial<Pick<Figures, 'leads'>>) {
  return { ...(figures.leads && { leads: figures.leads }), ...toReportedDeliveries(figures) }
}

export const handler = defineHandler(route, readGroupReport)
