import { Command, Option } from 'commander'
import { type Modality, modality } from '#shared/domain/vocabulary.ts'
import { connect } from '../../ops/connect.ts'
import { formatExamples } from '../../ops/format-examples.ts'
import { createCharsetOption } from '../../ops/read-text-file.ts'
import { yesOption } from '../../ops/require-confirmation.ts'
import { startProgressBar } from '../../ops/start-progress-bar.ts'
import { stop } from '../../ops/stop.ts'
import { readCareers } from '../careers/read-careers.ts'
import { dryRunOption, type WriteOptions } from '../careers/write-careers.ts'
import { parseStateList } from '../files/parse-state-list.ts'
import { reportBadFile } from '../files/report-bad-file.ts'
import { readRecords } from '../records/read-records.ts'
import { writeRecordPlans } from '../records/write-record-plans.ts'
import { findScorecardYear } from './build-school-facts.ts'
import { groupSchoolsByUnit } from './group-schools-by-unit.ts'
import { groupCareersByField, planPrograms } from './plan-programs.ts'
import { planSchools, type ScorecardPlans } from './plan-schools.ts'
import { readInstitutions } from './read-institutions.ts'
import { checkScorecard, readScorecard } from './read-scorecard.ts'

type ScorecardOptions = WriteOptions & { charset?: string }

export const importInstitutions = new Command('institutions')
  .description(
    'Create a school for each institution of the College Scorecard, and fill what stored schools with its IPEDS ID lack.',
  )
  .argument('<file>', 'College Scorecard file, such as Most-Recent-Cohorts-Institution.csv')
  .option('--states <codes>', 'only institutions in these states, such as TX,OK')
  .option(
    '--academic-year <year>',
    'of the figures, such as 2023-24, where the file name has none; without it tuition and completion are left out',
  )
  .addOption(createCharsetOption())
  .option(...dryRunOption)
  .option(...yesOption)
  .addHelpText(
    ...formatExamples(
      'import institutions Most-Recent-Cohorts-Institution.csv --states TX,OK --dry-run',
      'import institutions Most-Recent-Cohorts-Institution.csv --academic-year 2023-24 --yes',
    ),
  )
  .action(
    reportBadFile(async (file: string, _: object, command: Command) => {
      const options: ScorecardOptions & { states?: string; academicYear?: string } = command.optsWithGlobals()
      const states = parseStateList(options.states)
      const year = findScorecardYear(file, options.academicYear)
      const bar = startProgressBar('rows')
      const institutions = await readInstitutions(file, {
        states: states && new Set(states),
        charset: options.charset,
        onProgress: bar.update,
      }).finally(bar.end)
      if (year === undefined)
        console.error(
          'Neither the file name nor --academic-year says the year of tuition and completion: they are left out.',
        )
      const call = connect(options)
      const planned = planSchools(institutions, await readRecords(call, 'schools'), year)
      printNotes(planned)
      await writeRecordPlans(
        call,
        { kind: 'schools', file, plans: planned.plans, rowCount: institutions.length },
        options,
      )
    }),
  )

export const importFieldsOfStudy = new Command('fields-of-study')
  .description(
    'Create a program for each field of study of the College Scorecard that a stored school awards and that leads to a stored career.',
  )
  .argument('<file>', 'College Scorecard file, such as Most-Recent-Cohorts-Field-of-Study.csv')
  .addOption(
    new Option('--modality <modality>', 'how the programs are taught, which the file does not say')
      .choices(modality.options)
      .makeOptionMandatory(),
  )
  .addOption(createCharsetOption())
  .option(...dryRunOption)
  .option(...yesOption)
  .addHelpText(
    ...formatExamples('import fields-of-study Most-Recent-Cohorts-Field-of-Study.csv --modality campus --dry-run'),
  )
  .action(
    reportBadFile(async (file: string, _: object, command: Command) => {
      const options: ScorecardOptions & { modality: Modality } = command.optsWithGlobals()
      await checkScorecard(file, options.charset)
      const call = connect(options)
      const careers = await readCareers(call)
      const fields = new Set(groupCareersByField(careers).keys())
      if (fields.size === 0)
        stop({ title: 'No career has fields of study. Fill them first: import crosswalk --help.', ends: 'usage' })
      const schools = await readRecords(call, 'schools')
      const units = groupSchoolsByUnit(schools)
      if (units.size === 0)
        stop({ title: 'No school has an IPEDS ID. Create schools first: import institutions --help.', ends: 'usage' })
      const bar = startProgressBar('rows')
      const scorecard = await readScorecard(file, fields, bar.update, options.charset).finally(bar.end)
      const offerings = [...scorecard.values()].flat().filter(({ unitId }) => unitId !== null && units.has(unitId))
      const programs = await readRecords(call, 'programs')
      const planned = planPrograms(offerings, { careers, schools, programs }, options.modality)
      printNotes(planned)
      await writeRecordPlans(
        call,
        { kind: 'programs', file, plans: planned.plans, rowCount: planned.plans.length },
        options,
      )
    }),
  )

const maxShownNotes = 100

function printNotes({ notes }: ScorecardPlans): void {
  for (const note of notes.slice(0, maxShownNotes)) console.error(`? ${note}`)
  if (notes.length > maxShownNotes) console.error(`? ${notes.length - maxShownNotes} more were left out.`)
}
