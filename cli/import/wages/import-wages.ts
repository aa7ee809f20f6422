import { Command } from 'commander'
import { states as knownStates } from '#shared/domain/vocabulary.ts'
import { yes } from '../../ops/agree.ts'
import { connect } from '../../ops/connect.ts'
import { examples } from '../../ops/examples.ts'
import { planCareers } from '../careers/plan-careers.ts'
import { readCareers } from '../careers/read-careers.ts'
import { dryRun, type Writing, writeCareers } from '../careers/write-careers.ts'
import { BadFile } from '../files/bad-file.ts'
import { readWorkbook, sheetOf } from '../files/read-workbook.ts'
import { toldPlainly } from '../files/told-plainly.ts'
import { fillWages } from './fill-wages.ts'
import { readWages } from './read-wages.ts'
import { releaseOf } from './release-of.ts'

type Given = Writing & { states?: string; period?: string }

export const importWages = new Command('wages')
  .description('Fill careers with employment and wages, from OEWS workbooks of the Bureau of Labor Statistics.')
  .argument('<files...>', 'such as national_M2025_dl.xlsx and state_M2025_dl.xlsx')
  .option('--states <codes>', 'also those of these states, such as TX,CA')
  .option('--period <May of a year>', 'such as "May 2025", where the names of the files do not say it')
  .option(...dryRun)
  .option(...yes)
  .addHelpText(
    ...examples(
      'import wages national_M2025_dl.xlsx --dry-run',
      'import wages national_M2025_dl.xlsx state_M2025_dl.xlsx --states TX,CA --yes',
    ),
  )
  .action(
    toldPlainly(async (files: string[], _: object, command: Command) => {
      const given: Given = command.optsWithGlobals()
      const wages = await wagesIn(files, given)
      const call = connect(given)
      const standing = await readCareers(call)
      await writeCareers(
        call,
        planCareers(standing, (career) => fillWages(career, wages)),
        given,
      )
    }),
  )

async function wagesIn(files: readonly string[], { states: said = '', period }: Given) {
  const states = said.split(',').flatMap((code) => (code.trim() === '' ? [] : [code.trim().toUpperCase()]))
  const unknown = states.filter((code) => !knownStates.some((known) => known === code))
  if (unknown.length > 0) throw new BadFile(`--states is not a list such as TX,CA: ${unknown.join(', ')}`)
  const releases = files.map((file) => releaseOf(file, period))
  const sheets = []
  for (const [index, file] of files.entries())
    sheets.push({ file: sheetOf(file), rows: await readWorkbook(file), release: releases[index] ?? releaseOf(file) })
  const wages = readWages(sheets, states)
  const rows = [...wages.values()].flat()
  if (rows.length === 0)
    throw new BadFile(
      `${files.join(', ')} ${files.length === 1 ? 'has' : 'have'} no row of a single occupation (O_GROUP "detailed").`,
    )
  const absent = states.filter((code) => !rows.some(({ state }) => state === code))
  if (absent.length > 0)
    throw new BadFile(`No row is of ${absent.join(', ')}: add the file of the states, state_M2025_dl.xlsx.`)
  return wages
}
