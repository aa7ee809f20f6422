import { type AttemptTimes, attemptTimes } from '#shared/domain/delivery/attempt-times.ts'
import type { PostWebhook } from '#shared/outbound/webhook/create-post-webhook.ts'
import type { Engine, Row, Write } from '#shared/store/engine/engine.ts'
import { counterKey, type Table } from '#shared/store/keys.ts'
import { withNaiveCaps } from '#test/functions/routing/faulty-engines.ts'
import type { EventLoop, Process } from './create-event-loop.ts'

/** How a world differs from the product: not at all, or by one mistake that the simulation must detect. */
export type WorldSabotage = {
  engine: (engine: Engine<Table>, process: Process, loop: EventLoop) => Engine<Table>
  post: (post: PostWebhook, loop: EventLoop) => PostWebhook
  attemptTimes: AttemptTimes
  sweeps: 'always' | 'never'
  erases: 'always' | 'never'
  publishes: 'always' | 'never'
}

export const noSabotage: WorldSabotage = {
  engine: (engine) => engine,
  post: (post) => post,
  attemptTimes,
  sweeps: 'always',
  erases: 'always',
  publishes: 'always',
}

/** Mistakes that would lose, repeat or misroute a lead. */
export const sabotages: { [mistake: string]: Partial<WorldSabotage> } = {
  'the sweeper never runs': { sweeps: 'never' },
  'caps are checked without a conditional write': { engine: withNaiveCaps },
  'each retry has a new webhook-id': {
    post: (post, loop) => (request) =>
      post({ ...request, headers: { ...request.headers, 'webhook-id': `dlv_${loop.now()}` } }),
  },
  'capture responds before the lead is stored': {
    engine: (engine, { name }) => ({
      ...engine,
      transact: async (writes) => {
        if (!name.startsWith('capture')) return engine.transact(writes)
        engine.transact(writes).catch(() => {})
        return { done: true }
      },
    }),
  },
  'a replay is confirmed and not stored': {
    engine: (engine, { name }) => ({
      ...engine,
      transact: async (writes) => (name.startsWith('replay ') ? { done: true } : engine.transact(writes)),
    }),
  },
  'interrupted erasures are never finished': { erases: 'never' },
  'a school gets no erasure notice': {
    engine: (engine) => ({
      ...engine,
      transact: (writes) => engine.transact(writes.filter((write) => !isErasureNotice(write))),
    }),
  },
  'the lease is shorter than the deadline of an attempt': { attemptTimes: { deadlineSeconds: 15, leaseSeconds: 5 } },
  'interrupted publications are never finished': { publishes: 'never' },
  'a new legal name of a school is ignored': {
    engine: (engine) => ({ ...engine, get: async (from) => withoutLegalName(await engine.get(from)) }),
  },
  'officers can read leads of people who have withdrawn': {
    engine: (engine, { name }) => (name.startsWith('officer ') ? rewriteReads(engine, withoutWithdrawal) : engine),
  },
  'a hash finds no lead that is stored': {
    engine: (engine, { name }) => (name.startsWith('withdraw ') ? rewriteReads(engine, withoutPerson) : engine),
  },
  'a do-not-call list is ignored when a delivery is sent': {
    engine: (engine, { name }) => (name.startsWith('deliver ') ? rewriteReads(engine, withoutList) : engine),
  },
  'a payment counts twice against the credit': {
    engine: (engine, { name }) => (name.startsWith('payment ') ? rewriteWrites(engine, doubleAmount) : engine),
  },
  'a rejected lead gives a prepaid school nothing back': {
    engine: (engine) => ({
      ...engine,
      transact: (writes) => engine.transact(writes.filter((write) => !isCreditRelease(write))),
    }),
  },
  'a person who was removed stays signed in': {
    engine: (engine, { name }, loop) =>
      name.startsWith('colleague ') ? remember(engine, loop, (row, first) => row ?? first) : engine,
  },
  'a session keeps the role with which it began': {
    engine: (engine, { name }, loop) =>
      name.startsWith('colleague ') ? remember(engine, loop, (row, first) => row && (first ?? row)) : engine,
  },
  'a pending delivery has a TTL': {
    engine: (engine, _, loop) => rewriteWrites(engine, (write) => withExpiry(write, loop)),
  },
  'the body is serialized again for each attempt': {
    post: (post, loop) => (request) =>
      post({ ...request, body: request.body.replace(/"timestamp":"[^"]+"/, `"timestamp":"${loop.now()}"`) }),
  },
}

function isErasureNotice(write: Write<Table>): boolean {
  return 'put' in write && write.put.erases !== undefined
}

function withExpiry(write: Write<Table>, loop: EventLoop): Write<Table> {
  if (!('put' in write) || !write.put.pk.startsWith('DELIVERY#') || write.put.sk !== 'DELIVERY') return write
  return { ...write, put: { ...write.put, expiresAt: Math.floor(loop.now() / 1000) + 60 } }
}

function rewriteWrites(engine: Engine<Table>, rewrite: (write: Write<Table>) => Write<Table>): Engine<Table> {
  return { ...engine, transact: (writes) => engine.transact(writes.map(rewrite)) }
}

/** Lets an engine return other rows than are stored; undefined: the row is not there. */
function rewriteReads(engine: Engine<Table>, rewrite: (row: Row) => Row | undefined): Engine<Table> {
  return {
    ...engine,
    get: async (from) => {
      const row = await engine.get(from)
      return row && rewrite(row)
    },
    query: async (query) => {
      const { items, ...page } = await engine.query(query)
      return { ...page, items: items.flatMap((row) => rewrite(row) ?? []) }
    },
  }
}

function withoutLegalName(row: Row | undefined): Row | undefined {
  if (row?.pk !== 'RECORD#schools') return row
  return { ...row, json: String(row.json).replace(/"legalName":"[^"]*",?/, '') }
}

function withoutPerson(row: Row): Row | undefined {
  return row.pk.startsWith('PERSON#') ? undefined : row
}

function withoutWithdrawal({ withdrawnAt: _, ...row }: Row): Row | undefined {
  return row.pk.startsWith('SUPPRESSED#') ? undefined : row
}

function withoutList(row: Row): Row {
  if (!row.pk.startsWith('SUPPRESSED#') || !Array.isArray(row.entries)) return row
  return { ...row, entries: row.entries.filter((entry) => !JSON.stringify(entry).includes('"list":')) }
}

function isCredit(write: Write<Table>): boolean {
  return (
    'change' in write && write.change.pk === counterKey('schools#epsilon', 'credit').pk && write.change.sk === 'credit'
  )
}

function doubleAmount(write: Write<Table>): Write<Table> {
  if (!('change' in write) || !isCredit(write) || !write.add) return write
  return { ...write, add: Object.fromEntries(Object.entries(write.add).map(([name, value]) => [name, 2 * value])) }
}

/** A payment has an entry beside it, and a lead takes. */
function isCreditRelease(write: Write<Table>): boolean {
  return 'change' in write && isCredit(write) && write.add?.used === -4500
}

type Memory = Map<string, Row>
const memories = new WeakMap<EventLoop, Memory>()

/** Lets an engine choose between a row and what was read of it first in this world. */
function remember(
  engine: Engine<Table>,
  loop: EventLoop,
  choose: (row: Row | undefined, first: Row | undefined) => Row | undefined,
): Engine<Table> {
  const memory: Memory = memories.get(loop) ?? new Map()
  memories.set(loop, memory)
  return {
    ...engine,
    get: async (from) => {
      const row = await engine.get(from)
      const name = JSON.stringify(from)
      const chosen = choose(row, memory.get(name))
      if (row && !memory.has(name)) memory.set(name, row)
      return chosen
    },
  }
}
