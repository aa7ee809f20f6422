import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Command } from 'commander'
import { connect } from '../../ops/connect.ts'
import { formatExamples } from '../../ops/format-examples.ts'
import { printResult, printTable } from '../../ops/print-result.ts'
import { createCharsetOption } from '../../ops/read-text-file.ts'
import { yesOption } from '../../ops/require-confirmation.ts'
import { startProgressBar } from '../../ops/start-progress-bar.ts'
import { stop } from '../../ops/stop.ts'
import { planCareers } from '../careers/plan-careers.ts'
import { readCareers } from '../careers/read-careers.ts'
import { dryRunOption, partialOption, type WriteOptions, writeCareers } from '../careers/write-careers.ts'
import { formatSheetName, readWorkbook } from '../files/read-workbook.ts'
import { reportBadFile } from '../files/report-bad-file.ts'
import { checkScorecard, readScorecard } from '../scorecard/read-scorecard.ts'
import { fillFields } from './fill-fields.ts'
import { crosswalkSheet, readCrosswalk } from './read-crosswalk.ts'
import { type Suggestion, suggestFields, suggestPrograms, toCip4 } from './suggest-programs.ts'

type ImportCrosswalkOptions = WriteOptions & { scorecard?: string; charset?: string; limit: string }

export const importCrosswalk = new Command('crosswalk')
  .description(
    'Import the fields of study that lead to careers; with --scorecard, list institutions that offer them instead, and write nothing.',
  )
  .argument('<file>', 'CIP-SOC crosswalk, such as CIP2020_SOC2018_Crosswalk.xlsx')
  .option('--scorecard <file>', 'College Scorecard file, such as Most-Recent-Cohorts-Field-of-Study.csv')
  .addOption(createCharsetOption())
  .option('--limit <count>', 'maximum number of programs per career; --json prints all', '20')
  .option(...partialOption)
  .option(...dryRunOption)
  .option(...yesOption)
  .addHelpText(
    ...formatExamples(
      'import crosswalk CIP2020_SOC2018_Crosswalk.xlsx --dry-run',
      'import crosswalk CIP2020_SOC2018_Crosswalk.xlsx --scorecard Most-Recent-Cohorts-Field-of-Study.csv',
      'import crosswalk CIP2020_SOC2018_Crosswalk.xlsx --scorecard Most-Recent-Cohorts-Field-of-Study.csv --json',
    ),
  )
  .action(
    reportBadFile(async (file: string, _: object, command: Command) => {
      const options: ImportCrosswalkOptions = command.optsWithGlobals()
      const { scorecard, charset, limit, json } = options
      if (!(Number(limit) >= 0)) stop({ title: `--limit must be a number, not ${limit}.`, ends: 'usage' })
      const location = formatSheetName(file, crosswalkSheet)
      const crosswalk = readCrosswalk(await readWorkbook(file, crosswalkSheet), location, {
        isPartial: options.partial,
      })
      if (scorecard !== undefined) await checkScorecard(scorecard, charset)
      const call = connect(options)
      const careers = await readCareers(call)
      if (scorecard === undefined)
        return await writeCareers(
          call,
          planCareers(careers, (career) => fillFields(career, crosswalk)),
          options,
        )
      const fields = suggestFields(careers, crosswalk)
      const suggestions = suggestPrograms(fields, await loadScorecard(scorecard, fields, charset))
      if (json) await printAsJson(suggestions)
      else for (const suggestion of suggestions) printSuggestion(suggestion, options)
    }),
  )

/** One career at a time: all of them can be longer than a string may be. */
async function printAsJson(suggestions: Iterable<Suggestion>): Promise<void> {
  function* toJson() {
    let separator = '{"careers":['
    for (const suggestion of suggestions) {
      yield `${separator}${JSON.stringify(suggestion)}`
      separator = ',\n'
    }
    yield separator === ',\n' ? ']}\n' : `${separator}]}\n`
  }
  await pipeline(Readable.from(toJson()), process.stdout, { end: false })
}

async function loadScorecard(scorecard: string, suggestions: readonly Suggestion[], charset?: string) {
  const bar = startProgressBar('rows')
  const cip4Codes = new Set(suggestions.flatMap(({ fields }) => fields.map(toCip4)))
  return await readScorecard(scorecard, cip4Codes, bar.update, charset).finally(bar.end)
}

function printSuggestion({ careerSlug, fields, programs, notes }: Suggestion, options: ImportCrosswalkOptions): void {
  const lines = [...fields.map(({ cip, title }) => `  ${cip} ${title}`), ...notes.map((note) => `  ? ${note}`)]
  printResult(options, undefined, [`${careerSlug}: ${fields.length} fields of study lead to it.`, ...lines].join('\n'))
  if (programs.length === 0) return
  const visiblePrograms = programs.slice(0, Number(options.limit))
  printTable(
    visiblePrograms.map(({ unitId, institution, cip4, title, level }, index) => [
      `${careerSlug} ${index + 1}`,
      { institution, UNITID: unitId ?? '', CIP: cip4, field: title, level },
    ]),
  )
  if (visiblePrograms.length < programs.length)
    printResult(
      options,
      undefined,
      `  ${programs.length - visiblePrograms.length} more: pass a higher --limit, or --json for all.`,
    )
}
