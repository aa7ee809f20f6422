import { Command } from 'commander'
import { connect } from '../../ops/connect.ts'
import { formatExamples } from '../../ops/format-examples.ts'
import { createCharsetOption } from '../../ops/read-text-file.ts'
import { yesOption } from '../../ops/require-confirmation.ts'
import { startProgressBar } from '../../ops/start-progress-bar.ts'
import { planCareers } from '../careers/plan-careers.ts'
import { readCareers, type StoredCareer } from '../careers/read-careers.ts'
import { dryRunOption, partialOption, type WriteOptions, writeCareers } from '../careers/write-careers.ts'
import { reportBadFile } from '../files/report-bad-file.ts'
import { fillOnet, listOnetCodes } from './fill-onet.ts'
import { checkReleaseDate, parseOnetRelease } from './parse-onet-release.ts'
import { readOnet } from './read-onet.ts'

type ImportOnetOptions = WriteOptions & { publisher: string; release?: string; charset?: string }

export const importOnet = new Command('onet')
  .description(
    'Import titles, tasks, related careers and preparation from the O*NET database, with the required credit.',
  )
  .argument('<folder>', 'folder of the files as CSV, text or Excel, such as db_30_1_csv')
  .requiredOption('--publisher <name>', 'your name: the license requires the name of the party that modified the data')
  .option('--release <number>', 'release, such as 30.1, if the folder name does not contain it')
  .addOption(createCharsetOption())
  .option(...partialOption)
  .option(...dryRunOption)
  .option(...yesOption)
  .addHelpText(...formatExamples('import onet db_30_1_csv --publisher "Careers Example Inc." --dry-run'))
  .action(
    reportBadFile(async (folder: string, _: object, command: Command) => {
      const options: ImportOnetOptions = command.optsWithGlobals()
      const release = parseOnetRelease(folder, options)
      const bar = startProgressBar('rows')
      const onet = await readOnet(folder, bar.update, { charset: options.charset, isPartial: options.partial }).finally(
        bar.end,
      )
      checkReleaseDate(release, onet.newestMonth)
      const call = connect(options)
      const careers = await readCareers(call)
      const source = { onet, release, careersByCode: groupCareersByCode(careers) }
      await writeCareers(
        call,
        planCareers(careers, (career, id) => fillOnet(career, id, source)),
        options,
      )
    }),
  )

/** Stored careers by O*NET-SOC code. */
export function groupCareersByCode(
  careers: readonly Pick<StoredCareer, 'id' | 'career'>[],
): ReadonlyMap<string, readonly string[]> {
  const pairs = careers.flatMap(({ id, career }) => listOnetCodes(career).map((code) => ({ id, code })))
  return new Map([...Map.groupBy(pairs, ({ code }) => code)].map(([code, group]) => [code, group.map(({ id }) => id)]))
}
