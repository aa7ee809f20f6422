import { Command } from 'commander'
import { yes } from '../../ops/agree.ts'
import { connect } from '../../ops/connect.ts'
import { examples } from '../../ops/examples.ts'
import { planCareers } from '../careers/plan-careers.ts'
import { readCareers } from '../careers/read-careers.ts'
import { dryRun, type Writing, writeCareers } from '../careers/write-careers.ts'
import { readWorkbook, sheetOf } from '../files/read-workbook.ts'
import { toldPlainly } from '../files/told-plainly.ts'
import { fillProjections } from './fill-projections.ts'
import { projectionsSheet, readProjections } from './read-projections.ts'

export const importProjections = new Command('projections')
  .description('Fill careers with projected employment, growth and openings, from the Bureau of Labor Statistics.')
  .argument('<file>', 'occupation.xlsx')
  .option(...dryRun)
  .option(...yes)
  .addHelpText(...examples('import projections occupation.xlsx --dry-run', 'import projections occupation.xlsx --yes'))
  .action(
    toldPlainly(async (file: string, _: object, command: Command) => {
      const given: Writing = command.optsWithGlobals()
      const rows = await readWorkbook(file, projectionsSheet)
      const projections = readProjections(rows, sheetOf(file, projectionsSheet))
      const call = connect(given)
      const standing = await readCareers(call)
      await writeCareers(
        call,
        planCareers(standing, (career) => fillProjections(career, projections)),
        given,
      )
    }),
  )
