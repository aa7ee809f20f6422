import { createInterface } from 'node:readline/promises'
import { Command, Option } from 'commander'
import type * as z from 'zod'
import { readReplay, replayDelivery, startReplay } from '#shared/contract/replays.ts'
import { type ReplayJob, replayFilter } from '#shared/domain/replay.ts'
import { here } from '#shared/runtime/here.ts'
import { connect, type Settings, stop } from './connect.ts'

type Filter = z.input<typeof replayFilter>
type Wanted = Settings & { school?: string; campaign?: string; state: string[]; from?: string; to?: string } & {
  dryRun?: true
  yes?: true
}

const pollMs = 1000
const unexpected = { title: 'It answered what this command does not know. Are both of the same version?' }

/** `ops replay <deliveryId>`: one delivery. */
export const replay = new Command('replay')
  .description('Send a delivery once more: the same id, the same bytes.')
  .argument('<deliveryId>', 'as a lead’s story says it')
  .addHelpText('after', '\nExample:\n  npm run ops -- replay dlv_4fJ0q2mXbW7cT1nZ8yKd5A')
  .action(async (deliveryId: string, _: object, command: Command) => {
    const settings: Settings = command.optsWithGlobals()
    const answer = await connect(settings)(replayDelivery, { params: { deliveryId } })
    if (answer.status !== 202) stop(answer.problem)
    console.log(
      settings.json ? JSON.stringify(answer.body) : `${deliveryId} is ${answer.body.state}, and goes out at once.`,
    )
  })

/** `ops replays`: all that match. */
export const replays = new Command('replays')
  .description('Send all deliveries once more that match, counted first.')
  .option('--school <id>')
  .option('--campaign <id>')
  .addOption(
    new Option('--state <state...>', 'which are meant')
      .choices(replayFilter.shape.states.unwrap().element.options)
      .default(['dead']),
  )
  .option('--from <instant>', 'made at this instant or later, such as 2026-11-23T00:00:00Z')
  .option('--to <instant>', 'made before this instant')
  .option('--dry-run', 'count only')
  .option('--yes', 'do not ask')
  .addHelpText('after', '\nExample:\n  npm run ops -- replays --school tall-grass --state dead parked --dry-run')
  .action(async (_: object, command: Command) => {
    const wanted: Wanted = command.optsWithGlobals()
    const call = connect(wanted)
    const { school: schoolId, campaign: campaignId, from, to } = wanted
    const states = replayFilter.shape.states.parse(wanted.state)
    const named = { ...(schoolId && { schoolId }), ...(campaignId && { campaignId }) }
    const filter: Filter = { ...named, states, ...(from && { from }), ...(to && { to }) }
    const counted = await count(call, filter)
    if (wanted.dryRun) return console.log(wanted.json ? JSON.stringify(counted) : told(counted))
    if (counted.count > 0 && !wanted.yes && !(await agrees(told(counted))))
      return stop({ title: 'Nothing was replayed.' })
    const started = await call(startReplay, { body: { filter, dryRun: false } })
    if (started.status !== 202) stop(started.problem ?? unexpected)
    const ended = await followed(call, started.body)
    console.log(wanted.json ? JSON.stringify(ended) : `${ended.replayed} of ${ended.matched} go out again.`)
  })

type Call = ReturnType<typeof connect>
type Counted = { count: number; byState: { [state: string]: number } }

/** Page after page, since a dry run looks at so many deliveries at a time. */
async function count(call: Call, filter: Filter): Promise<Counted> {
  const sum: Counted = { count: 0, byState: {} }
  let cursor: string | undefined
  do {
    const answer = await call(startReplay, { body: { filter, dryRun: true, ...(cursor && { cursor }) } })
    if (answer.status !== 200) stop(answer.problem ?? unexpected)
    sum.count += answer.body.count
    for (const [state, more] of Object.entries(answer.body.byState))
      sum.byState[state] = (sum.byState[state] ?? 0) + more
    cursor = answer.body.page.nextCursor ?? undefined
  } while (cursor)
  return sum
}

function told({ count: all, byState }: Counted): string {
  const states = Object.entries(byState).map(([state, some]) => `${some} ${state}`)
  return all === 0 ? 'No delivery matches.' : `${all} deliveries match: ${states.join(', ')}.`
}

async function agrees(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await terminal.question(`${question} Send them once more? (yes/no) `)
  terminal.close()
  return /^y(es)?$/i.test(answer.trim())
}

async function followed(call: Call, started: ReplayJob): Promise<ReplayJob> {
  let job = started
  while (job.state === 'running') {
    process.stderr.write(`\r${job.matched} looked at, ${job.replayed} to be sent again`)
    await here.sleep(pollMs)
    const answer = await call(readReplay, { params: { replayId: job.replayId } })
    if (answer.status !== 200) stop(answer.problem)
    job = answer.body
  }
  process.stderr.write('\n')
  return job
}
