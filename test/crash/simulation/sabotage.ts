import { type AttemptTimes, attemptTimes } from '#shared/domain/delivery/attempt-times.ts'
import type { Post } from '#shared/outbound/webhook/webhook.ts'
import type { Engine, Write } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'
import { naiveCaps } from '#test/functions/routing/sabotage.ts'
import type { EventLoop, Process } from './event-loop.ts'

/** In what a world differs from the product: nothing, or one of the mistakes that the simulation is to notice. */
export type Sabotage = {
  engine: (engine: Engine<Table>, process: Process, loop: EventLoop) => Engine<Table>
  post: (post: Post, loop: EventLoop) => Post
  attemptTimes: AttemptTimes
  sweeps: 'always' | 'never'
  erases: 'always' | 'never'
}

export const asItIs: Sabotage = {
  engine: (engine) => engine,
  post: (post) => post,
  attemptTimes,
  sweeps: 'always',
  erases: 'always',
}

/** Each would lose, repeat or misplace a lead. */
export const mistakes: { [mistake: string]: Partial<Sabotage> } = {
  'enqueue without a sweeper': { sweeps: 'never' },
  'naive cap': { engine: naiveCaps },
  'new id on retry': {
    post: (post, loop) => (request) =>
      post({ ...request, headers: { ...request.headers, 'webhook-id': `dlv_${loop.now()}` } }),
  },
  'answer before commit': {
    engine: (engine, { name }) => ({
      ...engine,
      transact: async (writes) => {
        if (!name.startsWith('capture')) return engine.transact(writes)
        engine.transact(writes).catch(() => {})
        return { done: true }
      },
    }),
  },
  'a replay that is swallowed': {
    engine: (engine, { name }) => ({
      ...engine,
      transact: async (writes) => (name.startsWith('replay ') ? { done: true } : engine.transact(writes)),
    }),
  },
  'an erasure that nobody ends': { erases: 'never' },
  'a school that is not told to forget': {
    engine: (engine) => ({
      ...engine,
      transact: (writes) => engine.transact(writes.filter((write) => !isNotice(write))),
    }),
  },
  'lease shorter than the deadline': { attemptTimes: { deadlineSeconds: 15, leaseSeconds: 5 } },
  'TTL on a pending row': { engine: (engine, _, loop) => rewritten(engine, (write) => mortal(write, loop)) },
  'body serialised anew per attempt': {
    post: (post, loop) => (request) =>
      post({ ...request, body: request.body.replace(/"timestamp":"[^"]+"/, `"timestamp":"${loop.now()}"`) }),
  },
}

function isNotice(write: Write<Table>): boolean {
  return 'put' in write && write.put.erases !== undefined
}

function mortal(write: Write<Table>, loop: EventLoop): Write<Table> {
  if (!('put' in write) || !write.put.pk.startsWith('DELIVERY#') || write.put.sk !== 'DELIVERY') return write
  return { ...write, put: { ...write.put, expiresAt: Math.floor(loop.now() / 1000) + 60 } }
}

function rewritten(engine: Engine<Table>, rewrite: (write: Write<Table>) => Write<Table>): Engine<Table> {
  return { ...engine, transact: (writes) => engine.transact(writes.map(rewrite)) }
}
