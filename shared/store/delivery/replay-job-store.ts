import { createHash } from 'node:crypto'
import * as z from 'zod'
import { normalizeFilter, type ReplayFilter, type ReplayJob, replayJob } from '../../domain/delivery/replay-job.ts'
import { prefixes } from '../../domain/ids.ts'
import { addDays } from '../../domain/time.ts'
import type { Condition, Cursor, Engine, Write } from '../engine/engine.ts'
import { toEpochSeconds } from '../engine/expiry.ts'
import { replaysPartition } from '../index-keys.ts'
import { replayKey, type Table } from '../keys.ts'
import { conflictRefusal, retryOnConflict } from '../retry-on-conflict.ts'
import { toItem, toRowSchema } from '../rows.ts'

/** The position of a search over deliveries: cursors into the list of schools and into one school's deliveries. */
export const searchPosition = z.object({
  schools: z.record(z.string(), z.string()).optional(),
  deliveries: z.record(z.string(), z.string()).optional(),
})
export type SearchPosition = z.output<typeof searchPosition>
export type ReplayCounts = Pick<ReplayJob, 'matched' | 'replayed' | 'skipped' | 'capReached'>
/** The result of one page of a replay job; without `next` it was the last page. */
export type ReplayPageResult = { counts: ReplayCounts; at: string; next?: SearchPosition | undefined }

// A start loses only to another start of the same filter, and then finds that one running.
const maxAttempts = 20

/** Replay jobs: each replays all deliveries that match a filter, page by page. */
export function replayJobStore(engine: Engine<Table>) {
  const find = async (replayId: string): Promise<StoredReplayJob | undefined> => {
    const row = await engine.get({ in: 'leads', key: replayKey(replayId) })
    return row && storedReplayJob.parse(row)
  }

  return {
    find,

    /**
     * Starts a job, or returns the job of the same filter that is running. A finished job of that filter starts again.
     * @throws Refusal if every attempt lost to another start.
     */
    async start(
      requestedFilter: ReplayFilter,
      now: string,
      also: (job: ReplayJob) => readonly Write<Table>[] = () => [],
    ): Promise<StoredReplayJob> {
      const filter = normalizeFilter(requestedFilter)
      const replayId = createReplayId(filter)
      const job = await retryOnConflict(maxAttempts, async () => {
        const previous = await find(replayId)
        if (previous?.state === 'running') return previous
        const startedAt = computeStart(previous, now)
        const newJob = { replayId, filter, state: 'running', startedAt, ...zeroCounts, pages: 0, place: {} } as const
        const entry = `${startedAt}#${replayId}`
        const index = { duePk: replaysPartition, dueSk: entry, timelinePk: replaysPartition, timelineSk: entry }
        const when: Condition = previous
          ? { attribute: 'startedAt', is: 'equal', value: previous.startedAt }
          : { exists: false }
        const put = { ...replayKey(replayId), ...toItem(newJob), ...index }
        return (await engine.transact([{ in: 'leads', put, when }, ...also(newJob)])).done ? newJob : 'conflict'
      })
      if (job === 'conflict') throw conflictRefusal()
      return job
    },

    /** Saves the result of a page. Returns false if another worker has saved that page already. */
    async advance(
      { replayId, startedAt, pages, ...currentCounts }: StoredReplayJob,
      { counts, at, next }: ReplayPageResult,
    ): Promise<boolean> {
      const set = { pages: pages + 1, ...addCounts(currentCounts, counts) }
      const when: Condition = {
        all: [
          { attribute: 'startedAt', is: 'equal', value: startedAt },
          { attribute: 'pages', is: 'equal', value: pages },
          { attribute: 'state', is: 'equal', value: 'running' },
        ],
      }
      const change = { in: 'leads', change: replayKey(replayId), when } as const
      const endFields = {
        state: 'done',
        endedAt: at > startedAt ? at : startedAt,
        expiresAt: toEpochSeconds(new Date(addDays(at, retentionDays))),
      }
      const write = next
        ? { ...change, set: { ...set, place: toItem(next) } }
        : { ...change, set: { ...set, ...endFields }, remove: ['place', 'duePk', 'dueSk'] }
      return (await engine.transact([write])).done
    },

    /** Returns the ids of the running jobs, oldest first. */
    async listRunning(): Promise<string[]> {
      const { items } = await engine.query({ in: 'leads', index: 'due', pk: replaysPartition, limit: maxRunning })
      return items.map((row) => entryRow.parse(row))
    },

    /** Lists the jobs of the last 90 days, latest first. */
    async list(page: { limit: number; after?: Cursor }) {
      const query = { in: 'leads', index: 'timeline', pk: replaysPartition, order: 'descending', ...page } as const
      const { items, next } = await engine.query(query)
      const replays = await Promise.all(items.map(({ pk }) => find(pk.slice(replayKey('').pk.length))))
      return { replays: replays.flatMap((one) => one ?? []), ...(next && { next }) }
    },
  }
}

const maxRunning = 20
const retentionDays = 90
const zeroCounts: ReplayCounts = { matched: 0, replayed: 0, skipped: 0, capReached: 0 }

/** The same filter has the same id, so that two requests at once start one job. */
function createReplayId(filter: ReplayFilter): string {
  const digest = createHash('sha256').update(JSON.stringify(filter))
  return `${prefixes.replay}${digest.digest('base64url').slice(0, 22)}`
}

/** Later than the end of the previous run, so that its replays do not count as replays of this one. */
function computeStart(previous: StoredReplayJob | undefined, now: string): string {
  const endedAt = previous?.endedAt
  return endedAt === undefined || now > endedAt ? now : new Date(Date.parse(endedAt) + 1).toISOString()
}

function addCounts(first: ReplayCounts, second: ReplayCounts): ReplayCounts {
  return {
    matched: first.matched + second.matched,
    replayed: first.replayed + second.replayed,
    skipped: first.skipped + second.skipped,
    capReached: first.capReached + second.capReached,
  }
}

const storedReplayJob = toRowSchema(replayJob).extend({ pages: z.int(), place: searchPosition.optional() })
/** A replay job with the number of pages it has done and the position of its next page. */
export type StoredReplayJob = z.output<typeof storedReplayJob>

const entryRow = z.object({ dueSk: z.string() }).transform(({ dueSk }) => dueSk.slice(dueSk.indexOf('#') + 1))
