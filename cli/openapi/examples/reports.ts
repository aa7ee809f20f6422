import { fullSample } from '#shared/domain/delivery/sample-event.ts'
import { reportFigures } from '#shared/domain/reporting/report.ts'
import { type Made, rollUp } from '#shared/domain/reporting/roll-up.ts'
import type { Answers } from './examples.ts'
import { at, later, schoolId } from './people.ts'

const day = '2026-11-23'
const made = (told: Made['told']): Made => ({
  schoolId,
  state: 'delivered',
  createdAt: at,
  deliveredAt: later,
  priceCents: 4500,
  told,
})
const lead = { sourceId: 'landing', outcome: 'accepted', test: false, decisions: 1 } as const
const deliveries = [made(['contacted', 'applied']), made(['contacted']), made([])]
const { whole } = rollUp([
  ...deliveries.map((one) => ({ ...lead, deliveries: [one] })),
  { ...lead, outcome: 'unmatched', deliveries: [] },
])

const total = reportFigures(whole)
const { leads: _, ...sent } = total
const head = { from: '2026-11-22', to: day, asOf: later, missing: ['2026-11-22'] }

export const reports: Answers = {
  readDailyReport: { 200: { ...head, days: [{ day, asOf: later, ...total }], total } },
  readSchoolsReport: {
    200: { ...head, schools: [{ schoolId, name: fullSample.data.school.name, ...sent }], total: sent },
  },
  readSourcesReport: { 200: { ...head, sources: [{ sourceId: 'landing', name: 'Landing page', ...total }], total } },
  exportReport: {
    200: 'day,received,accepted,made,arrived,netCents\r\n2026-11-22,,,,,\r\n2026-11-23,4,3,3,3,13500\r\n',
  },
}
