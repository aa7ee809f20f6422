import { noteBounce } from '#functions/worker/bounce/note-bounce.ts'
import { deliverLead } from '#functions/worker/deliver/deliver-lead.ts'
import { offerDue } from '#functions/worker/offer/offer-due.ts'
import { sweepDue } from '#functions/worker/sweep/sweep-due.ts'
import { visibilitySeconds, workers } from '#shared/contract/workers.ts'
import type { DeliveryPointer } from '#shared/outbound/queue.ts'
import { reopenWrites } from '#shared/store/lines.ts'
import { memoryEngine } from '#test/memory-engine.ts'
import { dice as diceOf } from '../dice.ts'
import { edgeOf, type Sending } from './edge.ts'
import { type Ending, eventLoop, type Process, startsAt } from './event-loop.ts'
import { observed } from './observed.ts'
import { asItIs, type Sabotage } from './sabotage.ts'
import { schoolsOf } from './schools.ts'
import type { SettledTown } from './settled-town.ts'
import { visitorsOf } from './visitors.ts'

export type World = Awaited<ReturnType<typeof runWorld>>
export type Plan = { seed: number; leads: number; sabotage?: Partial<Sabotage>; watch?: (line: string) => void }

const day = 86_400_000
const receives = 5

/** Runs one seed from the first visitor until nothing is due any more. */
export async function runWorld(town: SettledTown, { seed, leads, sabotage: mistake, watch }: Plan) {
  const dice = diceOf(seed)
  const sabotage = { ...asItIs, ...mistake }
  const rough = dice()
  const weather = { crash: 0.012 * rough, slow: 0.03 * rough, skewMs: 3000 * dice() }
  const mishaps = { conflict: 0.03 * rough, outage: 0.03 * rough, lostAnswer: 0.01 * rough }
  const loop = eventLoop(dice, weather, watch)
  const calmAt = startsAt + (8 + dice() * 40) * 60_000
  const endsAt = startsAt + (seed % 16 === 0 ? 40 : 1.5) * day
  const isCalm = () => loop.now() >= calmAt
  const schools = schoolsOf(dice, { isCalm, now: loop.now })
  const base = memoryEngine(() => new Date(loop.now()))
  for (const row of town.rows) await base.transact([row])
  const { engine, seen } = observed(base, loop.now)
  const sendings: Sending[] = []
  const messages = { waiting: 0, era: 0, purged: 0 }
  let bounces = 0
  let died = 0

  const edge = edgeOf({
    loop,
    dice,
    engine,
    catalog: town.catalog,
    schools,
    mishaps,
    sabotage,
    sendings,
    queue: { depth: () => messages.waiting, send: (pointers) => pointers.forEach(enqueue) },
    mailed: ({ deliveryId, messageId, to }) => {
      if (isCalm() || dice() > 0.15) return
      bounces += 1
      const mail = { deliveryId, messageId, to, why: 'bounced', lasting: dice() < 0.3 } as const
      const tell = (): void =>
        worker(
          ['bounce', deliveryId],
          (process) => noteBounce(mail, edge.needsOf(process)),
          ({ how }) => {
            if (how === 'done') seen.bounces.push({ deliveryId, messageId })
            else loop.at(loop.now() + visibilitySeconds * 1000, tell)
          },
        )
      loop.at(loop.now() + 2000 + dice() * 60_000, tell)
    },
  })

  function worker(
    [name, which]: readonly [keyof typeof workers, string],
    story: (process: Process) => Promise<unknown>,
    ended: (how: Ending) => void,
  ) {
    const livesMs = workers[name].timeoutSeconds * 1000
    loop.begin(`${name} ${which}`, story, {
      livesMs,
      ended: (ending) => {
        if (ending.how !== 'done') died += 1
        ended(ending)
      },
    })
  }

  function enqueue(pointer: DeliveryPointer) {
    const copies = !isCalm() && dice() < 0.05 ? 2 : 1
    for (let copy = 0; copy < copies; copy++) {
      const lag = !isCalm() && dice() < 0.05 ? dice() * 120_000 : dice() * 300
      arrive(pointer, lag, 1)
    }
  }

  function arrive(pointer: DeliveryPointer, lag: number, turn: number) {
    const { era } = messages
    messages.waiting += 1
    loop.at(loop.now() + lag, () => {
      messages.waiting -= 1
      if (era !== messages.era) return
      worker(
        ['deliver', pointer.deliveryId],
        (process) => deliverLead(pointer, edge.needsOf(process)),
        ({ how }) => {
          if (how !== 'done' && turn < receives) arrive(pointer, visibilitySeconds * 1000, turn + 1)
        },
      )
    })
  }

  const purges = dice() < 0.5 ? dice.below(3) : 0
  for (let purge = 0; purge < purges; purge++)
    loop.at(startsAt + dice() * (calmAt - startsAt), () => {
      messages.era += 1
      messages.purged += messages.waiting
    })
  loop.at(calmAt, () => {
    Object.assign(weather, { crash: 0, slow: 0 })
    Object.assign(mishaps, { conflict: 0, outage: 0, lostAnswer: 0 })
  })

  const visitors = visitorsOf({ leads, town, dice, loop, edge, seen, calmAt })
  let offeredAt = 0
  const tick = () => {
    const soon = loop.now() + weather.skewMs + 1000
    const next = seen.nextDue()
    if (sabotage.sweeps === 'always' && next.delivery <= soon)
      for (let both = dice() < 0.1 ? 2 : 1; both > 0; both--)
        worker(
          ['sweep', ''],
          (process) => sweepDue(edge.needsOf(process)),
          () => {},
        )
    if (next.lead <= soon && loop.now() - offeredAt > 60_000) {
      offeredAt = loop.now()
      for (let both = dice() < 0.2 ? 2 : 1; both > 0; both--)
        worker(
          ['offer', ''],
          (process) => offerDue(edge.needsOf(process)),
          () => {},
        )
    }
    // Somebody saves the campaigns of which alerts told.
    if (isCalm() || dice() < 0.003) mend()
    const due = Math.min(sabotage.sweeps === 'always' ? next.delivery : Number.POSITIVE_INFINITY, next.lead)
    const quiet = visitors.every(({ receipt }) => receipt) && messages.waiting === 0
    if (quiet && due === Number.POSITIVE_INFINITY) return
    if (loop.now() > endsAt) return
    loop.at(Math.max(loop.now() + (isCalm() ? 20_000 : 5000), quiet ? due : 0), tick)
  }
  const mend = () => {
    for (const id of seen.closed()) engine.transact(reopenWrites(id, id))
  }
  loop.at(startsAt, tick)

  await loop.run()
  return {
    seed,
    engine: base,
    schools,
    visitors,
    seen,
    sendings,
    loop,
    calmAt,
    endsAt,
    figures: {
      steps: loop.trace().steps,
      'processes that died or failed': died,
      'requests and e-mails that schools saw': schools.log.length,
      'e-mails that came back': bounces,
      'queues purged': purges,
      'pointers lost in purges': messages.purged,
    },
  }
}
