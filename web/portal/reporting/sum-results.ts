import { addDeliveryFigures, type DeliveryFigures, emptyDeliveryFigures } from '#shared/domain/reporting/figures.ts'
import { toReportedDeliveries } from '#shared/domain/reporting/report.ts'
import type { WeekResult } from '#shared/domain/reporting/school-results.ts'

/** What a school gets to know of a week, a campaign or all together. Rates are shares of 1; absent without leads. */
export type ResultLine = {
  leads: number
  spendCents: number
  contactRate?: number | undefined
  enrolled: number
  enrollmentRate?: number | undefined
  perEnrollmentCents?: number | undefined
}

/** Adds up the rows of all pages by one of their fields, or all of them. Names are in order. */
export function sumResults(
  results: readonly WeekResult[],
  getName: (result: WeekResult) => string,
): { name: string; line: ResultLine }[] {
  return [...Map.groupBy(results, getName)]
    .map(([name, rows]) => ({
      name,
      line: toLine(rows.map(toFigures).reduce(addDeliveryFigures, emptyDeliveryFigures)),
    }))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
}

/** What sources earn is not for schools. */
function toFigures(result: WeekResult): DeliveryFigures {
  return { ...result, payoutCents: 0 }
}

function toLine(figures: DeliveryFigures): ResultLine {
  const { money, rates, deliveries } = toReportedDeliveries(figures)
  const { enrolled: justEnrolled, started, persisted, graduated } = figures.furthest
  const enrolled = justEnrolled + started + persisted + graduated
  return {
    leads: deliveries.delivered,
    spendCents: money.netCents,
    contactRate: rates.contact,
    enrolled,
    enrollmentRate: rates.enrollment,
    ...(enrolled > 0 && { perEnrollmentCents: Math.round(money.netCents / enrolled) }),
  }
}
