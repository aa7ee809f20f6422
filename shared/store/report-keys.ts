import type { Key } from './engine/engine.ts'

/** The last count of a day (UTC), and the progress of an unfinished one. */
export const reportKey = (report: 'reconciliation' | 'daily', day: string): Key => ({ pk: `REPORT#${report}`, sk: day })

/** What does not fit into the row of a day. `of`: `totals#` or `quarters#` and a table, or `owner#` and an account name. */
export const reportPartKey = (of: string, sk: string): Key => ({ pk: `REPORT#${of}`, sk })

/** The counts of an unfinished run. */
export const reportProgressKey = (day: string, sk: string): Key => ({ pk: `REPORTPROGRESS#${day}`, sk })
