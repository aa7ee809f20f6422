import { Command } from 'commander'
import { connect, type GlobalOptions } from '../../ops/connect.ts'
import { formatExamples } from '../../ops/format-examples.ts'
import { printResult, printTable } from '../../ops/print-result.ts'
import { createCharsetOption } from '../../ops/read-text-file.ts'
import { startProgressBar } from '../../ops/start-progress-bar.ts'
import { stop } from '../../ops/stop.ts'
import { readCareers } from '../careers/read-careers.ts'
import { formatSheetName, readWorkbook } from '../files/read-workbook.ts'
import { reportBadFile } from '../files/report-bad-file.ts'
import { crosswalkSheet, readCrosswalk } from './read-crosswalk.ts'
import { checkScorecard, readScorecard } from './read-scorecard.ts'
import { type Suggestion, suggestFields, suggestPrograms, toCip4 } from './suggest-programs.ts'

type ImportCrosswalkOptions = GlobalOptions & { scorecard?: string; charset?: string; limit: string }

export const importCrosswalk = new Command('crosswalk')
  .description(
    'Suggest programs for careers: fields of study that lead to them, and institutions that offer them. Writes nothing.',
  )
  .argument('<file>', 'CIP-SOC crosswalk, such as CIP2020_SOC2018_Crosswalk.xlsx')
  .option('--scorecard <file>', 'College Scorecard file, such as Most-Recent-Cohorts-Field-of-Study.csv')
  .addOption(createCharsetOption())
  .option('--limit <count>', 'maximum number of programs per career; --json prints all', '20')
  .addHelpText(
    ...formatExamples(
      'import crosswalk CIP2020_SOC2018_Crosswalk.xlsx --scorecard Most-Recent-Cohorts-Field-of-Study.csv',
      'import crosswalk CIP2020_SOC2018_Crosswalk.xlsx --scorecard Most-Recent-Cohorts-Field-of-Study.csv --json',
    ),
  )
  .action(
    reportBadFile(async (file: string, _: object, command: Command) => {
      const options: ImportCrosswalkOptions = command.optsWithGlobals()
      const { scorecard, charset, limit, json } = options
      if (!(Number(limit) >= 0)) stop({ title: `--limit must be a number, not ${limit}.`, ends: 'usage' })
      const crosswalk = readCrosswalk(await readWorkbook(file, crosswalkSheet), formatSheetName(file, crosswalkSheet))
      if (scorecard !== undefined) await checkScorecard(scorecard, charset)
      const fields = suggestFields(await readCareers(connect(options)), crosswalk)
      const suggestions =
        scorecard === undefined ? fields : suggestPrograms(fields, await loadScorecard(scorecard, fields, charset))
      if (json) printResult(options, { careers: suggestions }, '')
      else for (const suggestion of suggestions) printSuggestion(suggestion, options)
    }),
  )

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
