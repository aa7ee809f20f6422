import type { DispositionWord } from '#shared/domain/aftercare/disposition.ts'
import { fullSampleLead } from '#shared/domain/delivery/sample-event.ts'
import { toFigures } from '#shared/domain/reporting/figures.ts'
import { toReportedFigures } from '#shared/domain/reporting/report.ts'
import { addCounts } from '#shared/domain/reporting/roll-up/cells.ts'
import { type RollUpDelivery, rollUp } from '#shared/domain/reporting/roll-up/roll-up.ts'
import type { OperationExamples } from './operation-examples.ts'
import { at, later, schoolId } from './people.ts'

const day = '2026-11-23'
const buildDelivery = (dispositions: DispositionWord[]): RollUpDelivery => ({
  schoolId,
  state: 'delivered',
  createdAt: at,
  deliveredAt: later,
  priceCents: 4500,
  dispositions: dispositions.map((disposition) => ({ disposition, at: later })),
})
const lead = { receivedAt: at, sourceId: 'landing', outcome: 'accepted', test: false, decisions: 1 } as const
const deliveries = [buildDelivery(['contacted', 'applied']), buildDelivery(['contacted']), buildDelivery([])]
const cells = rollUp([
  ...deliveries.map((delivery) => ({ ...lead, deliveries: [delivery] })),
  { ...lead, outcome: 'unmatched', deliveries: [] },
])

const counts: { [field: string]: number } = {}
for (const cell of cells) if (cell.table === 'sources') addCounts(counts, cell.counts)
const total = toReportedFigures(toFigures(counts))
const { leads: _, ...deliveryFigures } = total
const head = { from: '2026-11-22', to: day, timeZone: 'America/Chicago', asOf: later, missing: ['2026-11-22'] }

export const reports: OperationExamples = {
  readDailyReport: { 200: { ...head, days: [{ day, asOf: later, ...total }], total } },
  readSchoolsReport: {
    200: {
      ...head,
      schools: [{ schoolId, name: fullSampleLead.data.school.name, ...deliveryFigures }],
      total: deliveryFigures,
    },
  },
  readSourcesReport: { 200: { ...head, sources: [{ sourceId: 'landing', name: 'Landing page', ...total }], total } },
  readGroupReport: {
    200: { ...head, by: 'campaigns', rows: [{ id: 'tall-grass-tx', ...deliveryFigures }], total: deliveryFigures },
  },
  exportReport: {
    200: 'day,received,accepted,created,delivered,netCents\r\n2026-11-22,,,,,\r\n2026-11-23,4,3,3,3,13500\r\n',
  },
}
