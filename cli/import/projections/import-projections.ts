import { Command } from 'commander'
import { connect } from '../../ops/connect.ts'
import { formatExamples } from '../../ops/format-examples.ts'
import { yesOption } from '../../ops/require-confirmation.ts'
import { planCareers } from '../careers/plan-careers.ts'
import { readCareers } from '../careers/read-careers.ts'
import { dryRunOption, type WriteOptions, writeCareers } from '../careers/write-careers.ts'
import { formatSheetName, readWorkbook } from '../files/read-workbook.ts'
import { reportBadFile } from '../files/report-bad-file.ts'
import { fillProjections } from './fill-projections.ts'
import { projectionsSheet, readProjections } from './read-projections.ts'

export const importProjections = new Command('projections')
  .description('Import projected employment, growth and openings from the Bureau of Labor Statistics.')
  .argument('<file>', 'occupation.xlsx')
  .option(...dryRunOption)
  .option(...yesOption)
  .addHelpText(
    ...formatExamples('import projections occupation.xlsx --dry-run', 'import projections occupation.xlsx --yes'),
  )
  .action(
    reportBadFile(async (file: string, _: object, command: Command) => {
      const options: WriteOptions = command.optsWithGlobals()
      const rows = await readWorkbook(file, projectionsSheet)
      const projections = readProjections(rows, formatSheetName(file, projectionsSheet))
      const call = connect(options)
      const careers = await readCareers(call)
      await writeCareers(
        call,
        planCareers(careers, (career) => fillProjections(career, projections)),
        options,
      )
    }),
  )
