import * as z from 'zod'
import { reconciliation } from '../domain/reconciliation.ts'
import { route } from './route.ts'

export const readReconciliation = route({
  name: 'readReconciliation',
  method: 'GET',
  path: '/v1/ops/reports/reconciliation',
  caller: 'operator',
  summary: 'Whether every lead of a day (UTC) is accounted for, as two sides of the books say that do not share rows',
  description:
    'Made every hour for today and yesterday. Where `drift` is 0, `promised + unpromised` of the leads is `delivered + ' +
    'inFlight + parked + unmatched + dead + rejected + erased` of the schools.',
  query: z.strictObject({ day: z.iso.date().optional().meta({ description: 'Absent: today.' }) }),
  responses: { 200: { description: 'What was found last.', body: reconciliation } },
  problems: ['NOT_FOUND'],
})
