import { Command } from 'commander'
import { type ApiClient, connect } from '../../ops/connect.ts'
import { formatExamples } from '../../ops/format-examples.ts'
import { requireConfirmation, yesOption } from '../../ops/require-confirmation.ts'
import { startProgressBar } from '../../ops/start-progress-bar.ts'
import { exitCodes } from '../../ops/stop.ts'
import { planCareers } from '../careers/plan-careers.ts'
import { readCareers, type StoredCareer } from '../careers/read-careers.ts'
import { dryRunOption, partialOption, type WriteOptions, writeCareers } from '../careers/write-careers.ts'
import { BadFile } from '../files/bad-file.ts'
import { parseStateList } from '../files/parse-state-list.ts'
import { readSheets } from '../files/read-workbook.ts'
import { reportBadFile } from '../files/report-bad-file.ts'
import { startJournal } from '../records/import-journal.ts'
import { composePages, type RowResult, sendRows, toJson } from '../records/send-rows.ts'
import { buildStateFigures } from './build-state-figures.ts'
import { fillWages } from './fill-wages.ts'
import { readWages, type WageFile, type Wages } from './read-wages.ts'

type ImportWagesOptions = WriteOptions & { period?: string; states?: string }

export const importWages = new Command('wages')
  .description(
    'Import employment and wages from OEWS workbooks of the Bureau of Labor Statistics, of the nation and of states.',
  )
  .argument('<files...>', 'such as national_M2025_dl.xlsx and state_M2025_dl.xlsx')
  .option('--states <codes>', 'only these states of the files, such as TX,PR; all unless set')
  .option('--period <May of a year>', 'period, such as "May 2025", if the files do not contain it')
  .option(...partialOption)
  .option(...dryRunOption)
  .option(...yesOption)
  .addHelpText(
    ...formatExamples(
      'import wages national_M2025_dl.xlsx --dry-run',
      'import wages national_M2025_dl.xlsx state_M2025_dl.xlsx --yes',
      'import wages state_M2025_dl.xlsx --states TX,PR --yes',
    ),
  )
  .action(
    reportBadFile(async (names: string[], _: object, command: Command) => {
      const options: ImportWagesOptions = command.optsWithGlobals()
      const files: WageFile[] = []
      for (const file of names) files.push({ file, sheets: await readSheets(file) })
      const allWages = readWages(files, { period: options.period, isPartial: options.partial })
      const wages = selectStates(allWages, options.states)
      const call = connect(options)
      const careers = await readCareers(call)
      if (wages.nation || wages.byState.size === 0)
        await writeCareers(
          call,
          planCareers(careers, (career) => fillWages(career, wages)),
          options,
        )
      if (wages.byState.size > 0) await writeStates(call, { careers, wages }, options)
    }),
  )

/** @throws BadFile for codes that are no states, and for states that the files do not have */
function selectStates(wages: Wages, list: string | undefined): Wages {
  const codes = parseStateList(list)
  if (codes === undefined) return wages
  const missing = codes.filter((code) => !wages.byState.has(code))
  if (missing.length > 0)
    throw new BadFile(
      `The files have no rows of ${missing.join(', ')}. They have: ${[...wages.byState.keys()].join(', ') || 'no state. Add the file of the states, such as state_M2025_dl.xlsx'}.`,
    )
  return { ...wages, byState: new Map([...wages.byState].filter(([state]) => codes.includes(state))) }
}

/** Writes the states of each career as a record of its own, beside the career. */
async function writeStates(
  call: ApiClient,
  { careers, wages }: { careers: readonly StoredCareer[]; wages: Wages },
  options: ImportWagesOptions,
): Promise<void> {
  const rows = careers.flatMap(({ id, career }) => {
    const figures = buildStateFigures(career, wages)
    return figures ? [{ id, body: toJson(figures) }] : []
  })
  const summary = `States and territories with figures: ${wages.byState.size}. Careers with figures by state: ${rows.length}.`
  if (options.dryRun) return console.error(summary)
  const judged = await sendRows(call, 'state-figures', rows, { dryRun: true })
  const unchangedIds = new Set(judged.flatMap(({ id, outcome }) => (outcome === 'unchanged' ? [id] : [])))
  const changedRows = rows.filter(({ id }) => !unchangedIds.has(id))
  if (changedRows.length === 0) return console.error(`${summary} Nothing to write.`)
  await requireConfirmation(`${summary} To write: ${changedRows.length}. Write them?`, options)
  const journal = startJournal('state-figures', new Date(), () => undefined)
  const bar = startProgressBar('careers', changedRows.length)
  let count = 0
  const results = await sendRows(call, 'state-figures', changedRows, {
    onResults: (batch: readonly RowResult[]) => {
      journal.record(batch)
      count += batch.length
      bar.update(count)
    },
  }).finally(bar.end)
  await composePages(call, { kind: 'state-figures', results })
  const refused = results.filter(({ problem }) => problem)
  for (const { id, problem } of refused) console.error(`${id}: ${problem?.detail}`)
  console.error(
    `${summary} Not written: ${refused.length}.${journal.close() ? ` To undo it: npm run ops -- import undo ${journal.file}` : ''}`,
  )
  if (refused.length > 0) process.exitCode = exitCodes.refused.code
}
