import * as z from 'zod'
import { delivery } from '../../domain/delivery/delivery.ts'
import { normalizeFilter, type ReplayFilter, type ReplayJob, replayJob } from '../../domain/delivery/replay.ts'
import { createReplayId } from '../../domain/delivery/replay-id.ts'
import { addDays } from '../../domain/time.ts'
import type { Condition, Cursor, Engine, Row } from '../engine/engine.ts'
import { toEpochSeconds } from '../engine/expiry.ts'
import { deliveriesPartition, replaysPartition } from '../index-keys.ts'
import { replayKey, type Table } from '../keys.ts'
import { toItem, toRowSchema } from '../rows.ts'
import { type ReplayDeliveryRequest, replayDelivery } from './replay-delivery.ts'

/** How far a search has come: after which school, and after which of that school's deliveries. */
export const searchPosition = z.object({
  schools: z.record(z.string(), z.string()).optional(),
  deliveries: z.record(z.string(), z.string()).optional(),
})
export type SearchPosition = z.output<typeof searchPosition>
export type ReplayCounts = Pick<ReplayJob, 'matched' | 'replayed' | 'skipped' | 'capReached'>
/** What a page of a replay came to; without a `next` place it was the last. */
export type ReplayPageResult = { counts: ReplayCounts; at: string; next?: SearchPosition | undefined }
type OutlinePage = { limit: number; after?: Cursor | undefined }

/** Replays: of one delivery, and of all that match a filter, worked on page by page. */
export function replayStore(engine: Engine<Table>) {
  const find = async (replayId: string): Promise<StoredReplay | undefined> => {
    const row = await engine.get({ in: 'leads', key: replayKey(replayId) })
    return row && storedReplay.parse(row)
  }

  return {
    find,

    replayDelivery: (deliveryId: string, request: ReplayDeliveryRequest) => replayDelivery(engine, deliveryId, request),

    /** Starts a replay, or finds the one of the same filter that runs already. One that has ended is started anew. */
    async start(requestedFilter: ReplayFilter, now: string): Promise<StoredReplay> {
      const filter = normalizeFilter(requestedFilter)
      const replayId = createReplayId(filter)
      for (;;) {
        const previous = await find(replayId)
        if (previous?.state === 'running') return previous
        const startedAt = computeStart(previous, now)
        const job = { replayId, filter, state: 'running', startedAt, ...zeroCounts, pages: 0, place: {} } as const
        const entry = `${startedAt}#${replayId}`
        const index = { duePk: replaysPartition, dueSk: entry, timelinePk: replaysPartition, timelineSk: entry }
        const when: Condition = previous
          ? { attribute: 'startedAt', is: 'equal', value: previous.startedAt }
          : { exists: false }
        const put = { ...replayKey(replayId), ...toItem(job), ...index }
        if ((await engine.transact([{ in: 'leads', put, when }])).done) return job
      }
    },

    /** Writes what a page came to, unless somebody else has worked on it meanwhile. */
    async advance(
      { replayId, startedAt, pages, ...currentCounts }: StoredReplay,
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

    /** The ids of those that run, the oldest first. */
    async running(): Promise<string[]> {
      const { items } = await engine.query({ in: 'leads', index: 'due', pk: replaysPartition, limit: maxAtOnce })
      return items.map((row) => entryRow.parse(row))
    },

    /** All of the last months, latest first. */
    async list(page: { limit: number; after?: Cursor }) {
      const query = { in: 'leads', index: 'timeline', pk: replaysPartition, order: 'descending', ...page } as const
      const { items, next } = await engine.query(query)
      const replays = await Promise.all(items.map(({ pk }) => find(pk.slice(replayKey('').pk.length))))
      return { replays: replays.flatMap((one) => one ?? []), ...(next && { next }) }
    },

    /** The deliveries of a school that were made in a filter's time and by `until`, as the index shows them. */
    async outlines(
      schoolId: string,
      { from, to }: Pick<ReplayFilter, 'from' | 'to'>,
      until: string,
      { limit, after }: OutlinePage,
    ) {
      const sk = { ...(from && { from }), to: to !== undefined && to <= until ? to : `${until}#~` }
      const pk = deliveriesPartition(schoolId)
      const { items, next } = await engine.query({
        in: 'leads',
        index: 'timeline',
        pk,
        sk,
        limit,
        ...(after && { after }),
      })
      return {
        outlines: items.map((row) => ({ ...outlineRow.parse(row), createdAt: parseCreationTime(row) })),
        ...(next && { next }),
      }
    },
  }
}

// More than anybody asks for at once; the others have their turn when these have ended.
const maxAtOnce = 20
const retentionDays = 90
const zeroCounts: ReplayCounts = { matched: 0, replayed: 0, skipped: 0, capReached: 0 }

/** Later than whatever the run before has replayed: that shall not count as replayed by this one. */
function computeStart(previous: StoredReplay | undefined, now: string): string {
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

const storedReplay = toRowSchema(replayJob).extend({ pages: z.int(), place: searchPosition.optional() })
/** A replay, and where it goes on. */
export type StoredReplay = z.output<typeof storedReplay>
/** As the entry of the timeline says, which begins with it. */
function parseCreationTime({ timelineSk }: Row): string {
  return String(timelineSk).split('#')[0] ?? ''
}

const entryRow = z.object({ dueSk: z.string() }).transform(({ dueSk }) => dueSk.slice(dueSk.indexOf('#') + 1))
const outlineRow = toRowSchema(
  delivery.pick({ deliveryId: true, campaignId: true, state: true, deliveredAt: true }),
).extend({
  replayedBy: z.string().optional(),
})
/** A delivery as its school's timeline shows it; on DynamoDB that may lag behind the row. */
export type Outline = z.output<typeof outlineRow> & { createdAt: string }
