import { basename, resolve } from 'node:path'
import type { Career, Fact } from '#shared/domain/catalog/career.ts'
import { BadFile } from '../files/bad-file.ts'

/** Release, validity and credit. */
export type OnetRelease = Pick<Fact, 'period' | 'source' | 'asOf' | 'expiresAt'> & {
  credit: Career['attributions'][number]
}

/**
 * Reads the release from the folder name, such as db_30_1_csv, or from the option. Since 25.0, release N.0 is published in August of
 * 1995 + N, and further ones every three months. A release is valid for a year.
 * @param publisher the party that modified the data, which the license requires to be named
 */
export function parseOnetRelease(
  folder: string,
  { release, publisher }: { release?: string; publisher: string },
): OnetRelease {
  const [, major, minor] =
    (release ?? basename(resolve(folder))).match(release ? /^(\d+)\.(\d+)$/ : /(\d+)_(\d+)/) ?? []
  if (major === undefined || minor === undefined)
    throw new BadFile(
      release === undefined
        ? `The folder name ${folder} does not contain the release, as db_30_1_csv does. Pass --release.`
        : `--release must be a release such as 30.1, not ${release}.`,
    )
  const databaseName = `O*NET® ${major}.${minor} Database`
  const month = (after: number) => new Date(Date.UTC(1995 + Number(major), 7 + 3 * Number(minor) + after)).toISOString()
  return {
    period: `Release ${major}.${minor}`,
    source: { name: `${databaseName}, U.S. Department of Labor`, url: 'https://www.onetcenter.org/database.html' },
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
