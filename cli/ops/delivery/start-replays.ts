import type * as z from 'zod'
import { readReplay, startReplay } from '#shared/contract/delivery/replays.ts'
import { type ReplayJob, replayFilter } from '#shared/domain/delivery/replay-job.ts'
import { systemDependencies } from '#shared/platform/system-dependencies.ts'
import { type ApiClient, connect, type GlobalOptions } from '../connect.ts'
import { parseWindow } from '../parse-options.ts'
import { printResult } from '../print-result.ts'
import { type ConfirmOptions, requireConfirmation } from '../require-confirmation.ts'
import { startProgressBar } from '../start-progress-bar.ts'
import { stop } from '../stop.ts'

type ReplayFilterInput = z.input<typeof replayFilter>
type ReplayFilterOptions = { school?: string; campaign?: string; state: string[]; from?: string; to?: string }
type StartReplaysOptions = GlobalOptions & ConfirmOptions & ReplayFilterOptions & { dryRun?: true }

const pollMs = 1000
const unexpected = { title: 'Unexpected response. Check that CLI and API have the same version.' }

/** Counts matches, asks for confirmation, starts the replay and waits for its end. */
export async function startReplays(options: StartReplaysOptions): Promise<void> {
  const call = connect(options)
  const { school: schoolId, campaign: campaignId } = options
  const states = replayFilter.shape.states.parse(options.state)
  const idFilter = { ...(schoolId && { schoolId }), ...(campaignId && { campaignId }) }
  const filter: ReplayFilterInput = { ...idFilter, states, ...parseWindow(options) }
  const matches = await count(call, filter)
  if (options.dryRun) return printResult(options, matches, formatMatches(matches))
  if (matches.count > 0) await requireConfirmation(`${formatMatches(matches)} Resend them?`, options)
  const startResponse = await call(startReplay, { body: { filter, dryRun: false } })
  if (startResponse.status !== 202) stop(startResponse.problem ?? unexpected)
  const job = await followReplay(call, startResponse.body, matches.count)
  printResult(options, job, `${job.replayed} of ${job.matched} resent.`)
}

type MatchCount = { count: number; byState: { [state: string]: number } }

/** Adds up the pages of a dry run. */
async function count(call: ApiClient, filter: ReplayFilterInput): Promise<MatchCount> {
  const total: MatchCount = { count: 0, byState: {} }
  const bar = startProgressBar('deliveries checked')
  let scanned = 0
  let cursor: string | undefined
  do {
    const response = await call(startReplay, { body: { filter, dryRun: true, ...(cursor && { cursor }) } })
    if (response.status !== 200) stop(response.problem ?? unexpected)
    total.count += response.body.count
    for (const [state, stateCount] of Object.entries(response.body.byState))
      total.byState[state] = (total.byState[state] ?? 0) + stateCount
    scanned += response.body.scanned
    bar.update(scanned)
    cursor = response.body.page.nextCursor ?? undefined
  } while (cursor)
  bar.end()
  return total
}

function formatMatches({ count: total, byState }: MatchCount): string {
  const states = Object.entries(byState).map(([state, stateCount]) => `${stateCount} ${state}`)
  return total === 0 ? 'No delivery matches.' : `${total} deliveries match: ${states.join(', ')}.`
}

async function followReplay(call: ApiClient, startResponse: ReplayJob, total: number): Promise<ReplayJob> {
  const bar = startProgressBar('deliveries', total)
  let job = startResponse
  while (job.state === 'running') {
    bar.update(job.replayed + job.skipped + job.capReached)
    await systemDependencies.sleep(pollMs)
    const response = await call(readReplay, { params: { replayId: job.replayId } })
    if (response.status !== 200) stop(response.problem)
    job = response.body
  }
  bar.end()
  return job
}
