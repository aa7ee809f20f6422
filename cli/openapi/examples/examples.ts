import { capture } from './capture.ts'
import { catalog } from './catalog.ts'
import { leads } from './leads.ts'
import { recordExamples } from './records.ts'
import { reports } from './reports.ts'
import { school } from './school.ts'
import { staff } from './staff.ts'

/** One answer for each status of each operation that answers with a body, by the names of the operations. */
export type OperationExamples = { [operation: string]: { [status: number]: unknown } }

export const examples: OperationExamples = {
  ...catalog,
  ...capture,
  ...school,
  ...recordExamples,
  ...leads,
  ...staff,
  ...reports,
}
