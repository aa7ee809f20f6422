import { attemptTimes } from '#shared/domain/delivery/attempt-times.ts'
import { listRecipients } from '#shared/domain/delivery/email-endpoint.ts'
import { type NewId, prefixes } from '#shared/domain/ids.ts'
import type { SendMail } from '#shared/outbound/email/mail.ts'
import type { DeliveryPointer, DeliveryQueue } from '#shared/outbound/queue.ts'
import type { PostWebhook } from '#shared/outbound/webhook/create-post-webhook.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { deriveKeys } from '#shared/platform/derive-keys.ts'
import type { Engine } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'
import { openStores } from '#shared/store/open-stores.ts'
import type { RandomSource } from '../proof/create-random.ts'
import type { EventLoop, Process } from './create-event-loop.ts'
import type { SimulatedSchools } from './create-schools.ts'
import type { WorldSabotage } from './sabotage.ts'

/** The time span of one attempt, and the process that made it. */
export type Sending = { id: string; process: Process; startedAtMs: number; endedAtMs: number }
export type Mishaps = { conflict: number; outage: number; lostResponse: number }
type FaultInjectorSetup = {
  loop: EventLoop
  random: RandomSource
  engine: Engine<Table>
  catalog: Pick<Engine<Table>, 'get' | 'query'>
  schools: SimulatedSchools
  mishaps: Mishaps
  sabotage: WorldSabotage
  sendings: Sending[]
  queue: { send: (pointers: readonly DeliveryPointer[]) => void; depth: () => number }
  onMail: (mail: { deliveryId: string; messageId: string; to: string[] }) => void
}

export const { digests, sealer, proofSealer } = deriveKeys('0'.repeat(64))
// Tokens have no effects that could fail, so they are plain JSON, which is faster than signing.
const tokens: Dependencies['tokens'] = {
  sign: (_, content) => JSON.stringify(content),
  open: (_, token) => ({ content: JSON.parse(token) }),
}

/** Creates the dependencies of each process: every effect goes through the event loop and may fail. */
export function createFaultInjector(setup: FaultInjectorSetup) {
  const { loop, random, engine, catalog, schools, mishaps, sabotage, sendings } = setup
  let ids = 0
  const newId: NewId = (kind) => {
    ids += 1
    return `${prefixes[kind]}${String(ids).padStart(22, '0')}`
  }
  const isOutage = () => random() < mishaps.outage

  const createFaultyEngine = (process: Process): Engine<Table> => {
    const readWithFaults = <Result>(what: string, act: () => Promise<Result>) =>
      loop.effect(process, what, async () => {
        if (isOutage()) throw new Error('ThrottlingException')
        return act()
      })
    return {
      prefersLoneWrites: true,
      billsBytes: true,
      get: (from) => (from.in === 'catalog' ? catalog.get(from) : readWithFaults('get', () => engine.get(from))),
      query: (query) =>
        query.in === 'catalog' ? catalog.query(query) : readWithFaults('query', () => engine.query(query)),
      transact: (writes) =>
        loop.effect(process, 'transact', async () => {
          if (isOutage()) throw new Error('ThrottlingException')
          if (random() < mishaps.conflict) {
            const at = random.below(writes.length)
            return { done: false, refused: writes.map((_, index) => (index === at ? 'conflict' : undefined)) }
          }
          const outcome = await engine.transact(writes)
          if (random() < mishaps.lostResponse) throw new Error('The response was lost.')
          return outcome
        }),
    }
  }

  function createPost(process: Process): PostWebhook {
    return (request) => {
      if (process.state !== 'runs' || loop.isKilled(process)) return new Promise(() => {})
      const sending = {
        id: request.headers['webhook-id'] ?? '',
        process,
        startedAtMs: loop.now(),
        endedAtMs: Number.POSITIVE_INFINITY,
      }
      sendings.push(sending)
      return loop.wait(process, 'post', (complete) =>
        // A request that was sent arrives even if its sender dies.
        loop.at(loop.now() + loop.latency(), () => {
          loop.mark(process.name, 'arrives', sending.id)
          const schoolReply = schools.post(request)
          loop.at(loop.now() + schoolReply.afterMs, () => {
            sending.endedAtMs = loop.now()
            complete(Promise.resolve(schoolReply.response))
          })
        }),
      )
    }
  }

  function createMail(process: Process): SendMail {
    return (message) => {
      const sending = {
        id: message.tags.deliveryId,
        process,
        startedAtMs: loop.now(),
        endedAtMs: Number.POSITIVE_INFINITY,
      }
      sendings.push(sending)
      return loop.effect(process, 'mail', async () => {
        sending.endedAtMs = loop.now()
        if (isOutage()) throw Object.assign(new Error('Slow down.'), { name: 'TooManyRequestsException' })
        const messageId = schools.mail(message)
        setup.onMail({ ...message.tags, messageId, to: [...listRecipients(message)] })
        if (random() < mishaps.lostResponse) throw Object.assign(new Error('Lost.'), { name: 'TimeoutError' })
        return { messageId }
      })
    }
  }

  return {
    createDependencies(process: Process) {
      const deliveryQueue: DeliveryQueue = {
        depth: () => loop.effect(process, 'depth', async () => setup.queue.depth()),
        send: (pointers) =>
          loop.effect(process, 'send', async () => {
            // The queue may accept only part of a batch.
            const accepted = isOutage() ? pointers.slice(0, random.below(pointers.length + 1)) : pointers
            setup.queue.send(accepted.map(({ deliveryId, schoolId }) => ({ deliveryId, schoolId })))
            if (accepted.length < pointers.length) throw new Error('Pointers were not queued.')
          }),
      }
      return {
        ...openStores(sabotage.engine(createFaultyEngine(process), process, loop)),
        deliveryQueue,
        earlyQueue: deliveryQueue,
        postWebhook: sabotage.post(createPost(process), loop),
        mail: createMail(process),
        digests,
        tokens,
        sealer,
        proofSealer,
        newId,
        randomBytes: (size: number) => new Uint8Array(size).fill(1),
        attemptTimes: sabotage.attemptTimes ?? attemptTimes,
        now: () => new Date(Math.round(loop.now() + process.skewMs)),
        random,
        log: () => {},
        measure: () => {},
        findUrlProblem: () => undefined,
        sleep: async () => {},
        askTurnstile: async () => 'human' as const,
        certificateVendors: {},
      }
    },
  }
}
