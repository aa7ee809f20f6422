import { stop } from '../../ops/stop.ts'
import type { CsvRowFault } from './parse-record-rows.ts'

const maxShownFaults = 100

/** Prints the first faults of a file and exits with code 2. */
export function stopAtFaults(file: string, faults: readonly CsvRowFault[], rowCount: number): never {
  for (const fault of faults.slice(0, maxShownFaults)) console.error(formatFault(fault))
  const more = faults.length > maxShownFaults ? ` ${faults.length - maxShownFaults} more are not shown.` : ''
  return stop({
    title: `${file}: ${faults.length} faults in ${rowCount} rows.${more} Nothing was written.`,
    ends: 'usage',
  })
}

/** Such as `row 3, column email: is required`. */
export function formatFault({ row, column, detail }: CsvRowFault): string {
  return `row ${row}, column ${column}: ${detail}`
}
