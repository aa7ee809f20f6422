import { Command } from 'commander'
import { connect } from '../../ops/connect.ts'
import { formatExamples } from '../../ops/format-examples.ts'
import { yesOption } from '../../ops/require-confirmation.ts'
import { planCareers } from '../careers/plan-careers.ts'
import { readCareers } from '../careers/read-careers.ts'
import { dryRunOption, partialOption, type WriteOptions, writeCareers } from '../careers/write-careers.ts'
import { readSheets } from '../files/read-workbook.ts'
import { reportBadFile } from '../files/report-bad-file.ts'
import { fillWages } from './fill-wages.ts'
import { readWages, type WageFile } from './read-wages.ts'

type ImportWagesOptions = WriteOptions & { period?: string }

export const importWages = new Command('wages')
  .description('Import employment and wages from OEWS workbooks of the Bureau of Labor Statistics.')
  .argument('<files...>', 'such as national_M2025_dl.xlsx')
  .option('--period <May of a year>', 'period, such as "May 2025", if the files do not contain it')
  .option(...partialOption)
  .option(...dryRunOption)
  .option(...yesOption)
  .addHelpText(
    ...formatExamples('import wages national_M2025_dl.xlsx --dry-run', 'import wages national_M2025_dl.xlsx --yes'),
  )
  .action(
    reportBadFile(async (names: string[], _: object, command: Command) => {
      const options: ImportWagesOptions = command.optsWithGlobals()
      const files: WageFile[] = []
      for (const file of names) files.push({ file, sheets: await readSheets(file) })
      const wages = readWages(files, { period: options.period, isPartial: options.partial })
      const call = connect(options)
      const careers = await readCareers(call)
      await writeCareers(
        call,
        planCareers(careers, (career) => fillWages(career, wages)),
        options,
      )
    }),
  )
