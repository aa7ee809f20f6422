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
import type { OnetOccupation } from './onet-tables.ts'
import { checkReleaseDate, parseOnetRelease } from './parse-onet-release.ts'
import { readOnet } from './read-onet.ts'

type OnetOptions = WriteOptions & { publisher: string; release?: string; charset?: string }

type OnetCommandInput = {
  name: string
  description: string
  /** The careers to fill from the database, of those that are stored and that could be created from its occupations. */
  selectCareers: (stored: readonly StoredCareer[], occupations: readonly OnetOccupation[]) => StoredCareer[]
}

/** A command that fills careers from a folder of the O*NET database. */
export function createOnetCommand({ name, description, selectCareers }: OnetCommandInput): Command {
  return new Command(name)
    .description(description)
    .argument('<folder>', 'folder of the files as CSV, text or Excel, such as db_30_1_csv')
    .requiredOption(
      '--publisher <name>',
      'your name: the license requires the name of the party that modified the data',
    )
    .option('--release <number>', 'release, such as 30.1, if the folder name does not contain it')
    .addOption(createCharsetOption())
    .option(...partialOption)
    .option(...dryRunOption)
    .option(...yesOption)
    .addHelpText(...formatExamples(`import ${name} db_30_1_csv --publisher "Careers Example Inc." --dry-run`))
    .action(
      reportBadFile(async (folder: string, _: object, command: Command) => {
        const options: OnetOptions = command.optsWithGlobals()
        const release = parseOnetRelease(folder, options)
        const bar = startProgressBar('rows')
        const readOptions = { charset: options.charset, isPartial: options.partial }
        const onet = await readOnet(folder, bar.update, readOptions).finally(bar.end)
        checkReleaseDate(release, onet.newestMonth)
        const call = connect(options)
        const stored = await readCareers(call)
        const selected = selectCareers(stored, [...onet.occupations.values()])
        const careersByCode = groupCareersByCode(new Set([...stored, ...selected]))
        const plans = planCareers(selected, (career, id) => fillOnet(career, id, { onet, release, careersByCode }))
        await writeCareers(call, plans, options)
      }),
    )
}

/** Stored careers by O*NET-SOC code. */
export function groupCareersByCode(
  careers: Iterable<Pick<StoredCareer, 'id' | 'career'>>,
): ReadonlyMap<string, readonly string[]> {
  const pairs = [...careers].flatMap(({ id, career }) => listOnetCodes(career).map((code) => ({ id, code })))
  return new Map([...Map.groupBy(pairs, ({ code }) => code)].map(([code, group]) => [code, group.map(({ id }) => id)]))
}
