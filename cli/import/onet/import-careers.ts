import { Command } from 'commander'
import { type Career, career as careerShape } from '#shared/domain/catalog/career.ts'
import { connect } from '../../ops/connect.ts'
import { formatExamples } from '../../ops/format-examples.ts'
import { createCharsetOption } from '../../ops/read-text-file.ts'
import { yesOption } from '../../ops/require-confirmation.ts'
import { startProgressBar } from '../../ops/start-progress-bar.ts'
import { planCareers } from '../careers/plan-careers.ts'
import { readCareers, type StoredCareer } from '../careers/read-careers.ts'
import { dryRunOption, partialOption, type WriteOptions, writeCareers } from '../careers/write-careers.ts'
import { soc2018 } from '../codes/soc-2018.ts'
import { reportBadFile } from '../files/report-bad-file.ts'
import { toSlug } from '../to-slug.ts'
import { fillOnet, listOnetCodes } from './fill-onet.ts'
import { groupCareersByCode } from './import-onet.ts'
import type { OnetOccupation } from './onet-tables.ts'
import { checkReleaseDate, parseOnetRelease } from './parse-onet-release.ts'
import { readOnet } from './read-onet.ts'

type ImportCareersOptions = WriteOptions & { publisher: string; release?: string; charset?: string }

export const importCareers = new Command('careers')
  .description(
    'Create a career for each occupation of the O*NET database that has none yet, with its tasks, titles and relations.',
  )
  .argument('<folder>', 'folder of the files as CSV, text or Excel, such as db_30_1_csv')
  .requiredOption('--publisher <name>', 'your name: the license requires the name of the party that modified the data')
  .option('--release <number>', 'release, such as 30.1, if the folder name does not contain it')
  .addOption(createCharsetOption())
  .option(...partialOption)
  .option(...dryRunOption)
  .option(...yesOption)
  .addHelpText(...formatExamples('import careers db_30_1_csv --publisher "Careers Example Inc." --dry-run'))
  .action(
    reportBadFile(async (folder: string, _: object, command: Command) => {
      const options: ImportCareersOptions = command.optsWithGlobals()
      const release = parseOnetRelease(folder, options)
      const bar = startProgressBar('rows')
      const onet = await readOnet(folder, bar.update, { charset: options.charset, isPartial: options.partial }).finally(
        bar.end,
      )
      checkReleaseDate(release, onet.newestMonth)
      const call = connect(options)
      const stored = await readCareers(call)
      const newCareers = createCareers([...onet.occupations.values()], stored)
      const source = { onet, release, careersByCode: groupCareersByCode([...stored, ...newCareers]) }
      const plans = planCareers(newCareers, (career, id) => fillOnet(career, id, source))
      await writeCareers(call, plans, options)
    }),
  )

/** A career for each occupation of SOC 2018 and for each part of one, unless a stored career has its code. */
export function createCareers(occupations: readonly OnetOccupation[], stored: readonly StoredCareer[]): StoredCareer[] {
  const storedCodes = new Set(stored.flatMap(({ career }) => listOnetCodes(career)))
  const usedSlugs = new Set(stored.map(({ id }) => id))
  return occupations.flatMap((occupation) => {
    const soc = occupation.code.slice(0, 7)
    if (storedCodes.has(occupation.code) || !soc2018.has(soc)) return []
    const plainSlug = toSlug(occupation.title, maxSlugLength)
    const id = usedSlugs.has(plainSlug)
      ? toSlug(`${occupation.title.slice(0, 80)} ${occupation.code}`, maxSlugLength)
      : plainSlug
    usedSlugs.add(id)
    return [{ id, version: 0, career: toCareer(occupation, soc) }]
  })
}

function toCareer({ code, title, description }: OnetOccupation, soc: string): Career {
  const isWhole = code.endsWith('.00')
  return careerShape.parse({
    title: title.slice(0, maxTitleLength),
    summary: description,
    soc: [soc],
    ...(!isWhole && { onetSoc: [code] }),
    facts: [],
    sections: [],
  })
}

const maxTitleLength = 120
const maxSlugLength = 100
