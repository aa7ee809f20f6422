import { type AttemptTimes, attemptTimes } from '#shared/domain/delivery/attempt-times.ts'
import type { PostWebhook } from '#shared/outbound/webhook/create-post-webhook.ts'
import type { Engine, Write } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'
import { withNaiveCaps } from '#test/functions/routing/faulty-engines.ts'
import type { EventLoop, Process } from './create-event-loop.ts'

/** In what a world differs from the product: nothing, or one of the mistakes that the simulation is to notice. */
export type WorldSabotage = {
  engine: (engine: Engine<Table>, process: Process, loop: EventLoop) => Engine<Table>
  post: (post: PostWebhook, loop: EventLoop) => PostWebhook
  attemptTimes: AttemptTimes
  sweeps: 'always' | 'never'
  erases: 'always' | 'never'
}

export const noSabotage: WorldSabotage = {
  engine: (engine) => engine,
  post: (post) => post,
  attemptTimes,
  sweeps: 'always',
  erases: 'always',
}

/** Each would lose, repeat or misplace a lead. */
export const sabotages: { [mistake: string]: Partial<WorldSabotage> } = {
  'enqueue without a sweeper': { sweeps: 'never' },
  'naive cap': { engine: withNaiveCaps },
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
      transact: (writes) => engine.transact(writes.filter((write) => !isErasureNotice(write))),
    }),
  },
  'lease shorter than the deadline': { attemptTimes: { deadlineSeconds: 15, leaseSeconds: 5 } },
  'TTL on a pending row': { engine: (engine, _, loop) => rewriteWrites(engine, (write) => withExpiry(write, loop)) },
  'body serialised anew per attempt': {
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
