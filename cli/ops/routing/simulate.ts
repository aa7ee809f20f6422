import { Command } from 'commander'
import { simulateCampaigns } from '#shared/contract/routing/simulation.ts'
import { addResults, emptyResult, type Result } from '#shared/domain/routing/simulation-result.ts'
import { connect, type Settings } from '../connect.ts'
import { examples } from '../examples.ts'
import { instant, readJson } from '../given.ts'
import { progress } from '../progress.ts'
import { stop } from '../stop.ts'
import { dollars } from '../tell.ts'

type Options = { from: string; to: string; draft: string }

export const simulate = new Command('simulate')
  .description('Run past leads through draft campaigns. Nothing is written.')
  .requiredOption('--from <instant>', 'first instant of the window, such as 2026-11-01 or 2026-11-01T08:00:00Z')
  .requiredOption('--to <instant>', 'end of the window, exclusive')
  .requiredOption(
    '--draft <file>',
    'JSON file, or - for standard input, with {"campaigns": [{"id": ..., ...}]}, as for PUT /v1/ops/campaigns/{id}',
  )
  .addHelpText(...examples('simulate --from 2026-11-01 --to 2026-11-08 --draft draft.json'))
  .action(async ({ from, to, draft }: Options, command: Command) => {
    const settings: Settings = command.optsWithGlobals()
    const call = connect(settings)
    const window = { from: instant(from, '--from'), to: instant(to, '--to') }
    const body = { ...window, draft: await readJson(draft) }
    const bar = progress('leads')
    let before = emptyResult()
    let after = emptyResult()
    let cursor: string | undefined
    do {
      const answer = await call(simulateCampaigns, { body: { ...body, ...(cursor && { cursor }) } })
      if (answer.status !== 200) stop(answer.problem)
      before = addResults(before, answer.body.before)
      after = addResults(after, answer.body.after)
      cursor = answer.body.page.nextCursor ?? undefined
      bar.at(before.leads)
    } while (cursor)
    bar.end()
    if (settings.json) console.log(JSON.stringify({ before, after }))
    else print(before, after)
  })

function print(before: Result, after: Result): void {
  console.log(`${before.leads} leads; unmatched ${before.unmatched} before, ${after.unmatched} after`)
  table(
    'Schools',
    before.schools,
    after.schools,
    (one) => `${one?.leads ?? 0} leads, ${dollars(one?.revenueCents ?? 0)}`,
  )
  table('Refusals', before.refusals, after.refusals, (one) => `${one ?? 0}`)
  table('Caps reached', before.capsReached, after.capsReached, (one) => `${one ?? 0}`)
}

type Side<Value> = { [name: string]: Value }

function table<Value>(heading: string, before: Side<Value>, after: Side<Value>, told: (value?: Value) => string): void {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
  if (names.length === 0) return
  console.log(`\n${heading}, before and after`)
  console.table(
    Object.fromEntries(names.map((name) => [name, { before: told(before[name]), after: told(after[name]) }])),
  )
}
