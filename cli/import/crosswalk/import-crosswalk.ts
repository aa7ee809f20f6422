import { Command } from 'commander'
import { connect, type Settings } from '../../ops/connect.ts'
import { examples } from '../../ops/examples.ts'
import { progress } from '../../ops/progress.ts'
import { stop } from '../../ops/stop.ts'
import { tell, tellTable } from '../../ops/tell.ts'
import { readCareers } from '../careers/read-careers.ts'
import { readWorkbook, sheetOf } from '../files/read-workbook.ts'
import { toldPlainly } from '../files/told-plainly.ts'
import { crosswalkSheet, readCrosswalk } from './read-crosswalk.ts'
import { checkScorecard, readScorecard } from './read-scorecard.ts'
import { cip4Of, type Suggestion, suggestFields, suggestPrograms } from './suggest-programs.ts'

type Given = Settings & { scorecard?: string; limit: string }

export const importCrosswalk = new Command('crosswalk')
  .description(
    'Suggest programs for careers: the fields of study that lead there, and who teaches them. Nothing is written.',
  )
  .argument('<file>', 'the crosswalk from CIP to SOC, such as CIP2020_SOC2018_Crosswalk.xlsx')
  .option(
    '--scorecard <file>',
    'fields of study of the College Scorecard, such as Most-Recent-Cohorts-Field-of-Study.csv',
  )
  .option('--limit <count>', 'show no more programs of a career; --json has all', '20')
  .addHelpText(
    ...examples(
      'import crosswalk CIP2020_SOC2018_Crosswalk.xlsx --scorecard Most-Recent-Cohorts-Field-of-Study.csv',
      'import crosswalk CIP2020_SOC2018_Crosswalk.xlsx --scorecard Most-Recent-Cohorts-Field-of-Study.csv --json',
    ),
  )
  .action(
    toldPlainly(async (file: string, _: object, command: Command) => {
      const given: Given = command.optsWithGlobals()
      const { scorecard, limit, json } = given
      if (!(Number(limit) >= 0)) stop({ title: `--limit is not a number: ${limit}`, ends: 'usage' })
      const crosswalk = readCrosswalk(await readWorkbook(file, crosswalkSheet), sheetOf(file, crosswalkSheet))
      if (scorecard !== undefined) await checkScorecard(scorecard)
      const fields = suggestFields(await readCareers(connect(given)), crosswalk)
      const suggestions = scorecard === undefined ? fields : suggestPrograms(fields, await taughtIn(scorecard, fields))
      if (json) tell(given, { careers: suggestions }, '')
      else for (const suggestion of suggestions) show(suggestion, given)
    }),
  )

async function taughtIn(scorecard: string, suggestions: readonly Suggestion[]) {
  const bar = progress('rows')
  const wanted = new Set(suggestions.flatMap(({ fields }) => fields.map(cip4Of)))
  return await readScorecard(scorecard, wanted, bar.at).finally(bar.end)
}

function show({ careerSlug, fields, programs, notes }: Suggestion, given: Given): void {
  const lines = [...fields.map(({ cip, title }) => `  ${cip} ${title}`), ...notes.map((note) => `  ? ${note}`)]
  tell(given, undefined, [`${careerSlug}: ${fields.length} fields of study lead there.`, ...lines].join('\n'))
  if (programs.length === 0) return
  const shown = programs.slice(0, Number(given.limit))
  tellTable(
    shown.map(({ unitId, institution, cip4, title, level }, index) => [
      `${careerSlug} ${index + 1}`,
      { institution, UNITID: unitId ?? '', CIP: cip4, field: title, level },
    ]),
  )
  if (shown.length < programs.length)
    tell(given, undefined, `  ${programs.length - shown.length} more: --limit, or --json for all.`)
}
