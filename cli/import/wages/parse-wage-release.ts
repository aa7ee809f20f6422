import { basename } from 'node:path'
import { BadFile } from '../files/bad-file.ts'
import type { WageRelease } from './build-wage-facts.ts'

/**
 * Reads the release from the file name, such as national_M2025_dl.xlsx, or from the option. Wages of May are published in the next
 * spring and are valid until the next release: from April to April.
 */
export function parseWageRelease(file: string, periodOption?: string): WageRelease {
  const year =
    periodOption === undefined ? /_M(\d{4})_/i.exec(basename(file))?.[1] : /^May (\d{4})$/.exec(periodOption)?.[1]
  if (year === undefined && periodOption !== undefined)
    throw new BadFile(`--period must be a period such as "May 2025", not ${periodOption}.`)
  if (year === undefined)
    throw new BadFile(
      `The file name ${basename(file)} does not contain the year, as national_M2025_dl.xlsx does. Pass --period.`,
    )
  const spring = (after: number) => `${Number(year) + after}-04-01T00:00:00.000Z`
  return { period: `May ${year}`, asOf: spring(1), expiresAt: spring(2) }
}
