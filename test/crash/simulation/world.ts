import { noteBounce } from '#functions/worker/bounce/note-bounce.ts'
import { deliverLead } from '#functions/worker/deliver/deliver-lead.ts'
import { visibilitySeconds, workers } from '#shared/contract/delivery/workers.ts'
import { reopenWrites } from '#shared/store/delivery/lines.ts'
import { tables } from '#shared/store/keys.ts'
import { mapEngine } from '#test/map-engine.ts'
import { dice as diceOf } from '../proof/dice.ts'
import { clocks } from './clocks.ts'
import { edgeOf, type Sending } from './edge.ts'
import { type Ending, eventLoop, type Process, startsAt } from './event-loop.ts'
import { forgettersOf } from './forgetters.ts'
import { observed } from './observed.ts'
import { pointerQueue } from './pointers.ts'
import { asItIs, type Sabotage } from './sabotage.ts'
import { schoolsOf } from './schools.ts'
import type { SettledTown } from './settled-town.ts'
import { staffOf } from './staff.ts'
import { visitorsOf } from './visitors.ts'

export type World = Awaited<ReturnType<typeof runWorld>>
export type Plan = { seed: number; leads: number; sabotage?: Partial<Sabotage>; watch?: (line: string) => void }

/** Starts one run of a Lambda. */
export type Worker = (
  name: keyof typeof workers,
  which: string,
  story: (process: Process) => Promise<unknown>,
  ended?: (how: Ending) => void,
) => void

const day = 86_400_000

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
  const base = mapEngine({ shapes: tables, now: () => new Date(loop.now()) })
  for (const row of town.rows) await base.transact([row])
  const { engine, seen } = observed(base, loop.now)
  const sendings: Sending[] = []
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
    queue: { depth: () => queue.depth(), send: (pointers) => queue.send(pointers) },
    mailed: ({ deliveryId, messageId, to }) => {
      if (isCalm() || dice() > 0.15) return
      bounces += 1
      const mail = { deliveryId, messageId, to, why: 'bounced', lasting: dice() < 0.3 } as const
      const tell = (): void =>
        worker(
          'bounce',
          deliveryId,
          (process) => noteBounce(mail, edge.needsOf(process)),
          ({ how }) => {
            if (how === 'done') seen.bounces.push({ deliveryId, messageId })
            else loop.at(loop.now() + visibilitySeconds * 1000, tell)
          },
        )
      loop.at(loop.now() + 2000 + dice() * 60_000, tell)
    },
  })

  function worker(...[name, which, story, ended = () => {}]: Parameters<Worker>) {
    const livesMs = workers[name].timeoutSeconds * 1000
    loop.begin(`${name} ${which}`, story, {
      livesMs,
      ended: (ending) => {
        if (ending.how !== 'done') died += 1
        ended(ending)
      },
    })
  }

  const queue = pointerQueue({
    dice,
    loop,
    isCalm,
    deliver: (pointer, failed) =>
      worker(
        'deliver',
        pointer.deliveryId,
        (process) => deliverLead(pointer, edge.needsOf(process)),
        ({ how }) => how !== 'done' && failed(),
      ),
  })

  const purges = dice() < 0.5 ? dice.below(3) : 0
  for (let left = purges; left > 0; left--) loop.at(startsAt + dice() * (calmAt - startsAt), () => queue.purge())
  loop.at(calmAt, () => {
    Object.assign(weather, { crash: 0, slow: 0 })
    Object.assign(mishaps, { conflict: 0, outage: 0, lostAnswer: 0 })
  })

  const visitors = visitorsOf({ leads, town, dice, loop, edge, seen, calmAt })
  const staff = staffOf({ dice, loop, edge, visitors, worker, calmAt })
  const forgetters = forgettersOf({ dice, loop, edge, visitors, worker, calmAt, erases: sabotage.erases })
  const isQuiet = () => visitors.every(({ receipt }) => receipt) && queue.depth() === 0
  const mend = () => {
    for (const id of seen.closed()) engine.transact(reopenWrites(id, id))
  }
  const { sweeps } = sabotage
  loop.at(startsAt, clocks({ dice, loop, edge, seen, sweeps, worker, endsAt, isCalm, isQuiet, mend }))

  await loop.run()
  return {
    seed,
    engine: base,
    schools,
    visitors,
    staff,
    forgetters,
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
      'replays by staff': staff.told.length,
      'people whom staff forgot': forgetters.promised.length,
      'queues purged': purges,
      'pointers lost in purges': queue.purged(),
    },
  }
}
