import type * as z from 'zod'
import { readReplay, startReplay } from '#shared/contract/delivery/replays.ts'
import { type ReplayJob, replayFilter } from '#shared/domain/delivery/replay.ts'
import { here } from '#shared/platform/here.ts'
import { type Asking, agree } from '../agree.ts'
import { type Call, connect, type Settings } from '../connect.ts'
import { windowOf } from '../given.ts'
import { progress } from '../progress.ts'
import { stop } from '../stop.ts'
import { tell } from '../tell.ts'

type Filter = z.input<typeof replayFilter>
type Chosen = { school?: string; campaign?: string; state: string[]; from?: string; to?: string }
type Given = Settings & Asking & Chosen & { dryRun?: true }

const pollMs = 1000
const unexpected = { title: 'It answered what this command does not know. Are both of the same version?' }

/** Counts first, asks, and follows the replay to its end. */
export async function startReplays(given: Given): Promise<void> {
  const call = connect(given)
  const { school: schoolId, campaign: campaignId } = given
  const states = replayFilter.shape.states.parse(given.state)
  const named = { ...(schoolId && { schoolId }), ...(campaignId && { campaignId }) }
  const filter: Filter = { ...named, states, ...windowOf(given) }
  const counted = await count(call, filter)
  if (given.dryRun) return tell(given, counted, told(counted))
  if (counted.count > 0) await agree(`${told(counted)} Send them once more?`, given)
  const started = await call(startReplay, { body: { filter, dryRun: false } })
  if (started.status !== 202) stop(started.problem ?? unexpected)
  const ended = await followed(call, started.body, counted.count)
  tell(given, ended, `${ended.replayed} of ${ended.matched} go out again.`)
}

type Counted = { count: number; byState: { [state: string]: number } }

/** Page after page, since a dry run looks at so many deliveries at a time. */
async function count(call: Call, filter: Filter): Promise<Counted> {
  const sum: Counted = { count: 0, byState: {} }
  const bar = progress('deliveries looked at')
  let looked = 0
  let cursor: string | undefined
  do {
    const answer = await call(startReplay, { body: { filter, dryRun: true, ...(cursor && { cursor }) } })
    if (answer.status !== 200) stop(answer.problem ?? unexpected)
    sum.count += answer.body.count
    for (const [state, more] of Object.entries(answer.body.byState))
      sum.byState[state] = (sum.byState[state] ?? 0) + more
    looked += answer.body.looked
    bar.at(looked)
    cursor = answer.body.page.nextCursor ?? undefined
  } while (cursor)
  bar.end()
  return sum
}

function told({ count: all, byState }: Counted): string {
  const states = Object.entries(byState).map(([state, some]) => `${some} ${state}`)
  return all === 0 ? 'No delivery matches.' : `${all} deliveries match: ${states.join(', ')}.`
}

async function followed(call: Call, started: ReplayJob, total: number): Promise<ReplayJob> {
  const bar = progress('sent again', total)
  let job = started
  while (job.state === 'running') {
    bar.at(job.replayed + job.skipped + job.capReached)
    await here.sleep(pollMs)
    const answer = await call(readReplay, { params: { replayId: job.replayId } })
    if (answer.status !== 200) stop(answer.problem)
    job = answer.body
  }
  bar.end()
  return job
}
