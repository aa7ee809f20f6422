import { BadFile } from '../files/bad-file.ts'
import { findPublishedCode } from './combined-codes.ts'
import { isMilitary, soc2018 } from './soc-2018.ts'

// Some years the Bureau withholds an occupation, such as 45-3031 in 2023 and 2024; in 2019 and 2020 it combined more of them.
const getMaxMissingShare = (year: number) => (year <= 2020 ? 0.06 : 0.02)

/**
 * Refuses a national table that lacks occupations: it was cut off, or rows were deleted. Every civilian occupation of SOC 2018 must have
 * a row or be part of one. Returns the few that have none.
 * @param location file and sheet @param rowCount rows of the sheet, for the message @throws BadFile
 */
export function checkCodeCoverage(
  codes: ReadonlySet<string>,
  { location, rowCount, year }: { location: string; rowCount: number; year: number },
): string[] {
  const civilianCodes = [...soc2018].filter((soc) => !isMilitary(soc))
  const missing = civilianCodes.filter((soc) => findPublishedCode(soc, codes, year) === undefined)
  const lastCode = civilianCodes.at(-1) ?? ''
  const isCutOff = missing.includes(lastCode)
  if (!isCutOff && missing.length <= civilianCodes.length * getMaxMissingShare(year)) return missing
  const lastRow = isCutOff
    ? ` The last of its ${rowCount} rows is row ${rowCount}, column OCC_CODE or code: ${[...codes].at(-1)}; the list ends with ${lastCode}.`
    : ''
  throw new BadFile(
    `${location} is not complete: it has ${civilianCodes.length - missing.length} of the ${civilianCodes.length} civilian occupations of SOC 2018. ` +
      `Missing are ${missing.slice(0, 5).join(', ')}${missing.length > 5 ? ' and others' : ''}.${lastRow} Download it again, or pass --partial if rows were left out on purpose.`,
  )
}
