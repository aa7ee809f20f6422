import * as z from 'zod'
import { delivery } from '../../domain/delivery/delivery.ts'
import { normalFilter, type ReplayFilter, type ReplayJob, replayJob } from '../../domain/delivery/replay.ts'
import { replayIdOf } from '../../domain/delivery/replay-id.ts'
import type { Condition, Cursor, Engine, Row } from '../engine/engine.ts'
import { deliveriesOfSchool, replaysPartition } from '../index-keys.ts'
import { replayKey, type Table } from '../keys.ts'
import { plain, rowOf } from '../rows.ts'
import { type Asked, replay } from './replay.ts'

/** How far a search has come: after which school, and after which of that school's deliveries. */
export const place = z.object({
  schools: z.record(z.string(), z.string()).optional(),
  deliveries: z.record(z.string(), z.string()).optional(),
})
export type Place = z.output<typeof place>
export type Counts = Pick<ReplayJob, 'matched' | 'replayed' | 'skipped' | 'capReached'>
/** What a page of a replay came to; without a `next` place it was the last. */
export type Worked = { counts: Counts; at: string; next?: Place | undefined }
type Page = { limit: number; after?: Cursor | undefined }

/** Replays: of one delivery, and of all that match a filter, worked on page by page. */
export function replayStore(engine: Engine<Table>) {
  const find = async (replayId: string): Promise<KeptReplay | undefined> => {
    const row = await engine.get({ in: 'leads', key: replayKey(replayId) })
    return row && keptReplay.parse(row)
  }

  return {
    find,

    one: (deliveryId: string, asked: Asked) => replay(engine, deliveryId, asked),

    /** Starts a replay, or finds the one of the same filter that runs already. One that has ended is started anew. */
    async start(given: ReplayFilter, now: string): Promise<KeptReplay> {
      const filter = normalFilter(given)
      const replayId = replayIdOf(filter)
      for (;;) {
        const before = await find(replayId)
        if (before?.state === 'running') return before
        const startedAt = after(before, now)
        const job = { replayId, filter, state: 'running', startedAt, ...nothingYet, pages: 0, place: {} } as const
        const entry = `${startedAt}#${replayId}`
        const index = { duePk: replaysPartition, dueSk: entry, timelinePk: replaysPartition, timelineSk: entry }
        const when: Condition = before
          ? { attribute: 'startedAt', is: 'equal', value: before.startedAt }
          : { exists: false }
        const put = { ...replayKey(replayId), ...plain(job), ...index }
        if ((await engine.transact([{ in: 'leads', put, when }])).done) return job
      }
    },

    /** Writes what a page came to, unless somebody else has worked on it meanwhile. */
    async advance({ replayId, startedAt, pages, ...seen }: KeptReplay, { counts, at, next }: Worked): Promise<boolean> {
      const set = { pages: pages + 1, ...sum(seen, counts) }
      const when: Condition = {
        all: [
          { attribute: 'startedAt', is: 'equal', value: startedAt },
          { attribute: 'pages', is: 'equal', value: pages },
          { attribute: 'state', is: 'equal', value: 'running' },
        ],
      }
      const change = { in: 'leads', change: replayKey(replayId), when } as const
      const ended = { state: 'done', endedAt: at > startedAt ? at : startedAt, expiresAt: daysAfter(at, daysKept) }
      const write = next
        ? { ...change, set: { ...set, place: plain(next) } }
        : { ...change, set: { ...set, ...ended }, remove: ['place', 'duePk', 'dueSk'] }
      return (await engine.transact([write])).done
    },

    /** The ids of those that run, the oldest first. */
    async running(): Promise<string[]> {
      const { items } = await engine.query({ in: 'leads', index: 'due', pk: replaysPartition, limit: mostAtOnce })
      return items.map((row) => entryRow.parse(row))
    },

    /** All of the last months, latest first. */
    async list(page: { limit: number; after?: Cursor }) {
      const query = { in: 'leads', index: 'timeline', pk: replaysPartition, order: 'descending', ...page } as const
      const { items, next } = await engine.query(query)
      const found = await Promise.all(items.map(({ pk }) => find(pk.slice(replayKey('').pk.length))))
      return { replays: found.flatMap((one) => one ?? []), ...(next && { next }) }
    },

    /** The deliveries of a school that were made in a filter's time and by `until`, as the index shows them. */
    async outlines(
      schoolId: string,
      { from, to }: Pick<ReplayFilter, 'from' | 'to'>,
      until: string,
      { limit, after }: Page,
    ) {
      const sk = { ...(from && { from }), to: to !== undefined && to <= until ? to : `${until}#~` }
      const pk = deliveriesOfSchool(schoolId)
      const { items, next } = await engine.query({
        in: 'leads',
        index: 'timeline',
        pk,
        sk,
        limit,
        ...(after && { after }),
      })
      return {
        outlines: items.map((row) => ({ ...outlineRow.parse(row), createdAt: madeAt(row) })),
        ...(next && { next }),
      }
    },
  }
}

// More than anybody asks for at once; the others have their turn when these have ended.
const mostAtOnce = 20
const daysKept = 90
const nothingYet: Counts = { matched: 0, replayed: 0, skipped: 0, capReached: 0 }

/** Later than whatever the run before has replayed: that shall not count as replayed by this one. */
function after(before: KeptReplay | undefined, now: string): string {
  const ended = before?.endedAt
  return ended === undefined || now > ended ? now : new Date(Date.parse(ended) + 1).toISOString()
}

function sum(one: Counts, other: Counts): Counts {
  return {
    matched: one.matched + other.matched,
    replayed: one.replayed + other.replayed,
    skipped: one.skipped + other.skipped,
    capReached: one.capReached + other.capReached,
  }
}

function daysAfter(instant: string, days: number): number {
  return Math.floor(Date.parse(instant) / 1000) + days * 86_400
}

const keptReplay = rowOf(replayJob).extend({ pages: z.int(), place: place.optional() })
/** A replay, and where it goes on. */
export type KeptReplay = z.output<typeof keptReplay>
/** As the entry of the timeline says, which begins with it. */
function madeAt({ timelineSk }: Row): string {
  return String(timelineSk).split('#')[0] ?? ''
}

const entryRow = z.object({ dueSk: z.string() }).transform(({ dueSk }) => dueSk.slice(dueSk.indexOf('#') + 1))
const outlineRow = rowOf(delivery.pick({ deliveryId: true, campaignId: true, state: true, deliveredAt: true })).extend({
  replayedBy: z.string().optional(),
})
/** A delivery as its school's timeline shows it; on DynamoDB that may lag behind the row. */
export type Outline = z.output<typeof outlineRow> & { createdAt: string }
