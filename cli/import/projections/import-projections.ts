import { Command } from 'commander'
import { connect } from '../../ops/connect.ts'
import { formatExamples } from '../../ops/format-examples.ts'
import { yesOption } from '../../ops/require-confirmation.ts'
import { planCareers } from '../careers/plan-careers.ts'
import { readCareers } from '../careers/read-careers.ts'
import { dryRunOption, partialOption, type WriteOptions, writeCareers } from '../careers/write-careers.ts'
import { formatSheetName, readSheets, readWorkbook } from '../files/read-workbook.ts'
import { reportBadFile } from '../files/report-bad-file.ts'
import { fillEducation } from './fill-education.ts'
import { fillProjections } from './fill-projections.ts'
import { readEducation } from './read-education.ts'
import { projectionsSheet, readProjections } from './read-projections.ts'

export const importProjections = new Command('projections')
  .description(
    'Import projected employment, growth, openings, and what education is typical, from the Bureau of Labor Statistics.',
  )
  .argument('<file>', 'occupation.xlsx')
  .option(...partialOption)
  .option(...dryRunOption)
  .option(...yesOption)
  .addHelpText(
    ...formatExamples('import projections occupation.xlsx --dry-run', 'import projections occupation.xlsx --yes'),
  )
  .action(
    reportBadFile(async (file: string, _: object, command: Command) => {
      const options: WriteOptions = command.optsWithGlobals()
      const rows = await readWorkbook(file, projectionsSheet)
      const projections = readProjections(rows, formatSheetName(file, projectionsSheet), { isPartial: options.partial })
      const call = connect(options)
      const careers = await readCareers(call)
      await writeCareers(
        call,
        planCareers(careers, (career) => fillProjections(career, projections)),
        options,
      )
    }),
  )

export const importEducation = new Command('education')
  .description('Import the typical education, work experience and training, from the Bureau of Labor Statistics.')
  .argument('<file>', 'education.xlsx or occupation.xlsx')
  .option(...partialOption)
  .option(...dryRunOption)
  .option(...yesOption)
  .addHelpText(...formatExamples('import education education.xlsx --dry-run', 'import education occupation.xlsx --yes'))
  .action(
    reportBadFile(async (file: string, _: object, command: Command) => {
      const options: WriteOptions = command.optsWithGlobals()
      const education = readEducation(file, await readSheets(file), { isPartial: options.partial })
      const call = connect(options)
      const careers = await readCareers(call)
      await writeCareers(
        call,
        planCareers(careers, (career) => fillEducation(career, education)),
        options,
      )
    }),
  )
