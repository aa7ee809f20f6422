import { invalidFields } from '#shared/contract/problems.ts'
import { addRollUps, emptyRollUp } from '#shared/domain/reporting/add-roll-ups.ts'
import type { RolledUp } from '#shared/domain/reporting/figures.ts'
import { daysOf, reportSpan } from '#shared/domain/reporting/report-span.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { DayReport } from '#shared/store/reporting/roll-ups.ts'

export type Needs = Pick<Dependencies, 'rollUps' | 'records' | 'now'>
type Asked = { from?: string | undefined; to?: string | undefined }
type Kind = 'schools' | 'sources'

/** What has been counted of the days that were asked for, and which have not been. @throws Refusal naming the field */
export async function reportOfSpan(asked: Asked, { rollUps, now }: Needs) {
  const found = reportSpan(asked, now().toISOString().slice(0, 10))
  if ('field' in found) {
    const { field, ...fault } = found
    throw invalidFields([{ pointer: `?${field}`, ...fault }])
  }
  const { from, to } = found.span
  const days = await rollUps.between(from, to)
  const there = new Set(days.map(({ day }) => day))
  const [asOf] = days.map(({ until }) => until).toSorted()
  const missing = daysOf(found.span).filter((day) => !there.has(day))
  return { days, head: { from, to, ...(asOf && { asOf }), missing } }
}

/** All days together. */
export function sumOf(days: readonly DayReport[]): RolledUp {
  return days.reduce<RolledUp>(addRollUps, emptyRollUp)
}

/** The one that was asked for, or all, with their names; who sold most comes first. @throws Refusal where it is nobody */
export async function named<Row extends { id: string; soldCents: number }>(
  rows: readonly Row[],
  { kind, only }: { kind: Kind; only?: string | undefined },
  needs: Needs,
): Promise<(Row & { name?: string })[]> {
  const names = await namesOf(kind, needs)
  const chosen = rows.filter(({ id }) => only === undefined || id === only)
  if (only !== undefined && chosen.length === 0 && !names.has(only)) {
    const field = kind === 'schools' ? 'schoolId' : 'sourceId'
    throw invalidFields([{ pointer: `?${field}`, code: 'unknown', detail: `is none of our ${kind}` }])
  }
  return chosen
    .toSorted((one, other) => other.soldCents - one.soldCents || (one.id < other.id ? -1 : 1))
    .map((row) => ({ ...row, ...nameIn(names, row.id) }))
}

function nameIn(names: Map<string, string>, id: string): { name?: string } {
  const name = names.get(id)
  return name === undefined ? {} : { name }
}

async function namesOf(kind: Kind, { records }: Needs): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  let page = await records.list(kind, { limit: 500 })
  for (;;) {
    for (const { id, body } of page.records) if (typeof body.name === 'string') names.set(id, body.name)
    if (!page.next) return names
    page = await records.list(kind, { limit: 500, after: page.next })
  }
}
