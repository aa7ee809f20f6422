import { basename, resolve } from 'node:path'
import type { Career } from '#shared/domain/catalog/career.ts'
import type { Fact } from '#shared/domain/catalog/fact.ts'
import { onetUrl } from '#shared/domain/catalog/public-sources.ts'
import { BadFile } from '../files/bad-file.ts'

/** Release, validity and credit. */
export type OnetRelease = Pick<Fact, 'period' | 'source' | 'asOf' | 'expiresAt'> & {
  credit: Career['attributions'][number]
  /** Whether its codes are those of O*NET-SOC 2010. O*NET-SOC 2019, which extends SOC 2018, came with 25.1. */
  isOfSoc2010: boolean
}

/**
 * Reads the release from the folder name, such as db_30_1_csv, or from the option; they must not contradict each other. Since 25.0, release N.0 is
 * published in August of 1995 + N, and further ones every three months. A release is valid for a year.
 * @param publisher the party that modified the data, which the license requires to be named
 * @throws BadFile
 */
export function parseOnetRelease(
  folder: string,
  { release, publisher }: { release?: string; publisher: string },
): OnetRelease {
  const name = basename(resolve(folder))
  const named = /(\d+)[_.](\d+)/.exec(name)
  const stated = release === undefined ? null : /^(\d+)\.(\d+)$/.exec(release)
  if (release !== undefined && !stated) throw new BadFile(`--release must be a release such as 30.1, not ${release}.`)
  if (named && stated && (named[1] !== stated[1] || named[2] !== stated[2]))
    throw new BadFile(
      `The folder ${name} names release ${named[1]}.${named[2]}, and --release ${release}. Nothing was imported.`,
    )
  const [, major, minor] = stated ?? named ?? []
  if (major === undefined || minor === undefined)
    throw new BadFile(`The folder name ${folder} does not contain the release, as db_30_1_csv does. Pass --release.`)
  const databaseName = `O*NET® ${major}.${minor} Database`
  const month = (after: number) => new Date(Date.UTC(1995 + Number(major), 7 + 3 * Number(minor) + after)).toISOString()
  return {
    isOfSoc2010: Number(major) < 25 || (Number(major) === 25 && Number(minor) < 1),
    period: `Release ${major}.${minor}`,
    source: { name: `${databaseName}, U.S. Department of Labor`, url: onetUrl },
    asOf: month(0),
    expiresAt: month(12),
    credit: {
      name: [
        `This page includes information from the ${databaseName.replace('®', '')} by the U.S. Department of Labor, Employment and Training`,
        `Administration (USDOL/ETA). Used under the CC BY 4.0 license. O*NET® is a trademark of USDOL/ETA. ${publisher} has modified all`,
        'or some of this information. USDOL/ETA has not approved, endorsed, or tested these modifications.',
      ].join(' '),
      url: 'https://www.onetcenter.org/license_db.html',
    },
  }
}

const maxMonthsWithoutUpdate = 36

/**
 * Holds the release against the dates of the rows: none can be later than the release, and some are of the months before it.
 * @param newestMonth the latest month of any row, such as `2024-11`; empty if there are no dates
 * @throws BadFile
 */
export function checkReleaseDate({ period, asOf }: Pick<OnetRelease, 'period' | 'asOf'>, newestMonth: string): void {
  if (newestMonth === '') return
  const published = asOf.slice(0, 7)
  const [year = 0, month = 0] = newestMonth.split('-').map(Number)
  const latest = new Date(Date.UTC(year, month - 1 + maxMonthsWithoutUpdate)).toISOString().slice(0, 7)
  const fault =
    newestMonth > published
      ? `was published in ${published}, but rows of the files are dated ${newestMonth}`
      : published > latest
        ? `was published in ${published}, but the newest row of the files is dated ${newestMonth}`
        : undefined
  if (fault !== undefined)
    throw new BadFile(`${period} ${fault}, column "Date". Check the folder name or --release. Nothing was imported.`)
}
