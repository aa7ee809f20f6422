import { attemptTimes } from '#shared/domain/delivery/attempt-times.ts'
import { type NewId, prefixes } from '#shared/domain/ids.ts'
import type { Mail } from '#shared/outbound/email/mail.ts'
import type { DeliveryPointer, DeliveryQueue } from '#shared/outbound/queue.ts'
import type { Post } from '#shared/outbound/webhook/webhook.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { houseKeys } from '#shared/platform/house-keys.ts'
import type { Engine } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'
import { stores } from '#shared/store/stores.ts'
import type { Dice } from '../proof/dice.ts'
import type { EventLoop, Process } from './event-loop.ts'
import type { Sabotage } from './sabotage.ts'
import type { Schools } from './schools.ts'

/** What one attempt did on the wire, by the process that made it. */
export type Sending = { id: string; process: Process; began: number; ended: number }
export type Mishaps = { conflict: number; outage: number; lostAnswer: number }
type Outside = {
  loop: EventLoop
  dice: Dice
  engine: Engine<Table>
  catalog: Engine<Table>
  schools: Schools
  mishaps: Mishaps
  sabotage: Sabotage
  sendings: Sending[]
  queue: { send: (pointers: readonly DeliveryPointer[]) => void; depth: () => number }
  mailed: (mail: { deliveryId: string; messageId: string; to: string }) => void
}

export const { digests, sealer } = houseKeys('0'.repeat(64))
// A token is carried by strangers, and no part of what may crash: here it is what it says.
const tokens: Dependencies['tokens'] = {
  sign: async (_, content) => JSON.stringify(content),
  open: async (_, token) => ({ content: JSON.parse(token) }),
}

/** What one process may touch: every effect on it waits for its turn, and may go wrong. */
export function edgeOf(outside: Outside) {
  const { loop, dice, engine, catalog, schools, mishaps, sabotage, sendings } = outside
  let ids = 0
  const newId: NewId = (kind) => {
    ids += 1
    return `${prefixes[kind]}${String(ids).padStart(22, '0')}`
  }
  const outage = () => dice() < mishaps.outage

  const engineOf = (process: Process): Engine<Table> => {
    const read = <Found>(what: string, act: () => Promise<Found>) =>
      loop.effect(process, what, async () => {
        if (outage()) throw new Error('ThrottlingException')
        return act()
      })
    return {
      get: (from) => (from.in === 'catalog' ? catalog.get(from) : read('get', () => engine.get(from))),
      query: (query) => (query.in === 'catalog' ? catalog.query(query) : read('query', () => engine.query(query))),
      transact: (writes) =>
        loop.effect(process, 'transact', async () => {
          if (outage()) throw new Error('ThrottlingException')
          if (dice() < mishaps.conflict) {
            const at = dice.below(writes.length)
            return { done: false, refused: writes.map((_, index) => (index === at ? 'conflict' : undefined)) }
          }
          const outcome = await engine.transact(writes)
          if (dice() < mishaps.lostAnswer) throw new Error('The answer was lost.')
          return outcome
        }),
    }
  }

  function network(process: Process): Post {
    return (request) => {
      if (process.state !== 'runs' || loop.dies(process)) return new Promise(() => {})
      const sending = {
        id: request.headers['webhook-id'] ?? '',
        process,
        began: loop.now(),
        ended: Number.POSITIVE_INFINITY,
      }
      sendings.push(sending)
      return loop.wait(process, 'post', (answer) =>
        // What is on the wire arrives, whatever becomes of who sent it.
        loop.at(loop.now() + loop.latency(), () => {
          loop.mark(process.name, 'arrives', sending.id)
          const told = schools.post(request)
          loop.at(loop.now() + told.afterMs, () => {
            sending.ended = loop.now()
            answer(Promise.resolve(told.answer))
          })
        }),
      )
    }
  }

  function mailOf(process: Process): Mail {
    return (message) => {
      const sending = { id: message.tags.deliveryId, process, began: loop.now(), ended: Number.POSITIVE_INFINITY }
      sendings.push(sending)
      return loop.effect(process, 'mail', async () => {
        sending.ended = loop.now()
        if (outage()) throw Object.assign(new Error('Slow down.'), { name: 'TooManyRequestsException' })
        const messageId = schools.mail(message)
        outside.mailed({ ...message.tags, messageId, to: message.to })
        if (dice() < mishaps.lostAnswer) throw Object.assign(new Error('Lost.'), { name: 'TimeoutError' })
        return { messageId }
      })
    }
  }

  return {
    needsOf(process: Process) {
      const deliveryQueue: DeliveryQueue = {
        depth: () => loop.effect(process, 'depth', async () => outside.queue.depth()),
        send: (pointers) =>
          loop.effect(process, 'send', async () => {
            // A batch may be taken in part.
            const taken = outage() ? pointers.slice(0, dice.below(pointers.length + 1)) : pointers
            outside.queue.send(taken.map(({ deliveryId, schoolId }) => ({ deliveryId, schoolId })))
            if (taken.length < pointers.length) throw new Error('Pointers were not queued.')
          }),
      }
      return {
        ...stores(sabotage.engine(engineOf(process), process, loop)),
        deliveryQueue,
        fastPath: deliveryQueue,
        post: sabotage.post(network(process), loop),
        mail: mailOf(process),
        digests,
        tokens,
        sealer,
        newId,
        randomBytes: (size: number) => new Uint8Array(size).fill(1),
        attemptTimes: sabotage.attemptTimes ?? attemptTimes,
        now: () => new Date(Math.round(loop.now() + process.skew)),
        dice,
        log: () => {},
        measure: () => {},
        askTurnstile: async () => 'human' as const,
      }
    },
  }
}
