import { capture } from './capture.ts'
import { catalog } from './catalog.ts'
import { leads } from './leads.ts'
import { recordExamples } from './records.ts'
import { reports } from './reports.ts'
import { school } from './school.ts'
import { staff } from './staff.ts'

/** One example response body per operation and status. */
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
