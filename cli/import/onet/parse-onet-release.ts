import { basename, resolve } from 'node:path'
import type { Career, Fact } from '#shared/domain/catalog/career.ts'
import { BadFile } from '../files/bad-file.ts'

/** Which release it is, for how long it speaks, and how it is credited. */
export type OnetRelease = Pick<Fact, 'period' | 'source' | 'asOf' | 'expiresAt'> & {
  credit: Career['attributions'][number]
}

/**
 * By the name of the folder, such as db_30_1_csv, or as it was said. Release N.0 came in August of the year 1995 + N since
 * 25.0, further ones each three months later; each speaks for a year.
 * @param publisher who has taken a choice of it, which the licence wants to be said
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
        ? `The name of the folder ${folder} does not say which release it is, as db_30_1_csv does: add --release.`
        : `--release is not such as 30.1: ${release}`,
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
