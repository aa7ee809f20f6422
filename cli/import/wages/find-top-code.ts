import { toText } from '../files/create-table-reader.ts'
import type { Sheet } from '../files/read-workbook.ts'

/** Wages at or above which the survey says only that, in USD per hour and per year. */
export type TopCode = { hourly: string; annual: string }

/** Of files whose sheet of explanations is missing, by the first and last May. */
const knownTopCodes = [
  { since: 2019, until: 2021, hourly: '$100.00', annual: '$208,000' },
  { since: 2022, until: 2024, hourly: '$115.00', annual: '$239,200' },
] as const

/**
 * Reads the limits from the explanation of `#`, such as "indicates a wage equal to or greater than $115.00 per hour or $239,200 per
 * year"; otherwise from the known years. Undefined if neither says it.
 */
export function findTopCode(sheets: readonly Sheet[], year: number): TopCode | undefined {
  for (const { rows } of sheets)
    for (const row of rows) {
      const [, hourly, annual] = /^#\s*=.*?(\$[\d,.]+) per hour or (\$[\d,.]+) per year/i.exec(toText(row[0])) ?? []
      if (hourly !== undefined && annual !== undefined) return { hourly, annual: annual.replace(/\.$/, '') }
    }
  const limits = knownTopCodes.find(({ since, until }) => since <= year && year <= until)
  return limits && { hourly: limits.hourly, annual: limits.annual }
}
