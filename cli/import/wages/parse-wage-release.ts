import { basename } from 'node:path'
import { BadFile } from '../files/bad-file.ts'
import type { WageRelease } from './build-wage-facts.ts'

/**
 * The release of a workbook: by its name, such as national_M2025_dl.xlsx, or as it was said. The Bureau tells the wages of
 * May in the next spring, and a release speaks until the one after it: from April to April.
 */
export function parseWageRelease(file: string, periodOption?: string): WageRelease {
  const year =
    periodOption === undefined ? /_M(\d{4})_/i.exec(basename(file))?.[1] : /^May (\d{4})$/.exec(periodOption)?.[1]
  if (year === undefined && periodOption !== undefined)
    throw new BadFile(`--period is not such as "May 2025": ${periodOption}`)
  if (year === undefined)
    throw new BadFile(
      `The name of ${basename(file)} does not say of which May it is, as national_M2025_dl.xlsx does: add --period.`,
    )
  const spring = (after: number) => `${Number(year) + after}-04-01T00:00:00Z`
  return { period: `May ${year}`, asOf: spring(1), expiresAt: spring(2) }
}
