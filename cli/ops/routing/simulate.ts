import { Command } from 'commander'
import { simulateCampaigns } from '#shared/contract/routing/simulation.ts'
import { addResults, createEmptyResult, type SimulationResult } from '#shared/domain/routing/simulation-result.ts'
import { connect, type GlobalOptions } from '../connect.ts'
import { formatExamples } from '../format-examples.ts'
import { parseInstant, readJson } from '../parse-options.ts'
import { formatDollars } from '../print-result.ts'
import { startProgressBar } from '../start-progress-bar.ts'
import { stop } from '../stop.ts'

type SimulateOptions = { from: string; to: string; draft: string }

export const simulate = new Command('simulate')
  .description('Run past leads through draft campaigns. Nothing is written.')
  .requiredOption('--from <instant>', 'start of the window, such as 2026-11-01 or 2026-11-01T08:00:00Z')
  .requiredOption('--to <instant>', 'end of the window, exclusive')
  .requiredOption(
    '--draft <file>',
    'JSON file, or - for standard input: {"campaigns": [{"id": ..., ...}]} with the fields of PUT /v1/ops/campaigns/{id}',
  )
  .addHelpText(...formatExamples('simulate --from 2026-11-01 --to 2026-11-08 --draft draft.json'))
  .action(async ({ from, to, draft }: SimulateOptions, command: Command) => {
    const settings: GlobalOptions = command.optsWithGlobals()
    const call = connect(settings)
    const window = { from: parseInstant(from, '--from'), to: parseInstant(to, '--to') }
    const body = { ...window, draft: await readJson(draft) }
    const bar = startProgressBar('leads')
    let before = createEmptyResult()
    let after = createEmptyResult()
    let cursor: string | undefined
    do {
      const response = await call(simulateCampaigns, { body: { ...body, ...(cursor && { cursor }) } })
      if (response.status !== 200) stop(response.problem)
      before = addResults(before, response.body.before)
      after = addResults(after, response.body.after)
      cursor = response.body.page.nextCursor ?? undefined
      bar.update(before.leads)
    } while (cursor)
    bar.end()
    if (settings.json) console.log(JSON.stringify({ before, after }))
    else printResults(before, after)
  })

function printResults(before: SimulationResult, after: SimulationResult): void {
  console.log(`${before.leads} leads; unmatched ${before.unmatched} before, ${after.unmatched} after`)
  printComparison(
    'Schools',
    before.schools,
    after.schools,
    (entry) => `${entry?.leads ?? 0} leads, ${formatDollars(entry?.revenueCents ?? 0)}`,
  )
  printComparison('Refusals', before.refusals, after.refusals, (entry) => `${entry ?? 0}`)
  printComparison('Caps reached', before.capsReached, after.capsReached, (entry) => `${entry ?? 0}`)
}

type ResultSide<Value> = { [name: string]: Value }

function printComparison<Value>(
  heading: string,
  before: ResultSide<Value>,
  after: ResultSide<Value>,
  format: (value?: Value) => string,
): void {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
  if (names.length === 0) return
  console.log(`\n${heading}, before and after`)
  console.table(
    Object.fromEntries(names.map((name) => [name, { before: format(before[name]), after: format(after[name]) }])),
  )
}
