import { Command } from 'commander'
import { states as knownStates } from '#shared/domain/vocabulary.ts'
import { connect } from '../../ops/connect.ts'
import { formatExamples } from '../../ops/format-examples.ts'
import { yesOption } from '../../ops/require-confirmation.ts'
import { planCareers } from '../careers/plan-careers.ts'
import { readCareers } from '../careers/read-careers.ts'
import { dryRunOption, type WriteOptions, writeCareers } from '../careers/write-careers.ts'
import { BadFile } from '../files/bad-file.ts'
import { formatSheetName, readWorkbook } from '../files/read-workbook.ts'
import { reportBadFile } from '../files/report-bad-file.ts'
import { fillWages } from './fill-wages.ts'
import { parseWageRelease } from './parse-wage-release.ts'
import { readWages } from './read-wages.ts'

type ImportWagesOptions = WriteOptions & { states?: string; period?: string }

export const importWages = new Command('wages')
  .description('Import employment and wages from OEWS workbooks of the Bureau of Labor Statistics.')
  .argument('<files...>', 'such as national_M2025_dl.xlsx and state_M2025_dl.xlsx')
  .option('--states <codes>', 'also import these states, such as TX,CA')
  .option('--period <May of a year>', 'period, such as "May 2025", if the file names do not contain it')
  .option(...dryRunOption)
  .option(...yesOption)
  .addHelpText(
    ...formatExamples(
      'import wages national_M2025_dl.xlsx --dry-run',
      'import wages national_M2025_dl.xlsx state_M2025_dl.xlsx --states TX,CA --yes',
    ),
  )
  .action(
    reportBadFile(async (files: string[], _: object, command: Command) => {
      const options: ImportWagesOptions = command.optsWithGlobals()
      const wages = await loadWages(files, options)
      const call = connect(options)
      const careers = await readCareers(call)
      await writeCareers(
        call,
        planCareers(careers, (career) => fillWages(career, wages)),
        options,
      )
    }),
  )

async function loadWages(files: readonly string[], { states: stateList = '', period }: ImportWagesOptions) {
  const states = stateList.split(',').flatMap((code) => (code.trim() === '' ? [] : [code.trim().toUpperCase()]))
  const invalidStates = states.filter((code) => !knownStates.some((state) => state === code))
  if (invalidStates.length > 0)
    throw new BadFile(`--states must be a list of state codes such as TX,CA, not ${invalidStates.join(', ')}.`)
  const releases = files.map((file) => parseWageRelease(file, period))
  const sheets = []
  for (const [index, file] of files.entries())
    sheets.push({
      file: formatSheetName(file),
      rows: await readWorkbook(file),
      release: releases[index] ?? parseWageRelease(file),
    })
  const wages = readWages(sheets, states)
  const rows = [...wages.values()].flat()
  if (rows.length === 0)
    throw new BadFile(
      `${files.join(', ')} ${files.length === 1 ? 'has' : 'have'} no row of a detailed occupation (O_GROUP "detailed").`,
    )
  const missingStates = states.filter((code) => !rows.some(({ state }) => state === code))
  if (missingStates.length > 0)
    throw new BadFile(
      `The files have no rows of ${missingStates.join(', ')}. Add the state file, such as state_M2025_dl.xlsx.`,
    )
  return wages
}
