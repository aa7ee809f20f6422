import { capture } from './capture.ts'
import { catalog } from './catalog.ts'
import { leads } from './leads.ts'
import type { OperationExamples } from './operation-examples.ts'
import { publisher } from './publisher.ts'
import { recordExamples } from './records.ts'
import { reports } from './reports.ts'
import { school } from './school.ts'
import { staff } from './staff.ts'
import { suppressions } from './suppressions.ts'

export const examples: OperationExamples = {
  ...catalog,
  ...capture,
  ...school,
  ...publisher,
  ...recordExamples,
  ...leads,
  ...staff,
  ...reports,
  ...suppressions,
}
