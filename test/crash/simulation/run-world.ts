import { handleBounce } from '#functions/worker/bounce/handle-bounce.ts'
import { deliverLead } from '#functions/worker/deliver/deliver-lead.ts'
import { continueWithdrawals } from '#functions/worker/withdraw/continue-withdrawals.ts'
import { visibilitySeconds, workers } from '#shared/platform/workers.ts'
import { enableEndpointWrites } from '#shared/store/delivery/endpoint-health-store.ts'
import { tables } from '#shared/store/keys.ts'
import { mapEngine } from '#test/map-engine.ts'
import { createRandom } from '../proof/create-random.ts'
import { createErasureRequests } from './create-erasure-requests.ts'
import { createEventLoop, type StartWorker, startsAt } from './create-event-loop.ts'
import { createFaultInjector, type Sending } from './create-fault-injector.ts'
import { createPointerQueue } from './create-pointer-queue.ts'
import { createScheduler } from './create-scheduler.ts'
import { createSchools } from './create-schools.ts'
import { createStaff } from './create-staff.ts'
import { createVisitors } from './create-visitors.ts'
import { observeWrites } from './observe-writes.ts'
import { createColleagues } from './people/create-colleagues.ts'
import { createEditors } from './people/create-editors.ts'
import { createPayers } from './people/create-payers.ts'
import { createReaders } from './people/create-readers.ts'
import { createCatalogCache, type PreparedSystem } from './prepare-system.ts'
import { noSabotage, type WorldSabotage } from './sabotage.ts'

export type SimulatedWorld = Awaited<ReturnType<typeof runWorld>>
export type WorldPlan = {
  seed: number
  leads: number
  sabotage?: Partial<WorldSabotage>
  onStep?: (line: string) => void
}

const day = 86_400_000

/** Runs one seed from the first visitor until nothing is due. */
export async function runWorld(system: PreparedSystem, { seed, leads, sabotage: overrides, onStep }: WorldPlan) {
  const random = createRandom(seed)
  const sabotage = { ...noSabotage, ...overrides }
  const faultScale = random()
  const faultRates = { crash: 0.012 * faultScale, slow: 0.03 * faultScale, skewMs: 3000 * random() }
  const mishaps = { conflict: 0.03 * faultScale, outage: 0.03 * faultScale, lostResponse: 0.01 * faultScale }
  const loop = createEventLoop(random, faultRates, onStep)
  const calmAt = startsAt + (8 + random() * 40) * 60_000
  const endsAt = startsAt + (seed % 16 === 0 ? 40 : 1.5) * day
  const isCalm = () => loop.now() >= calmAt
  const schools = createSchools(random, { isCalm, now: loop.now })
  const base = mapEngine({ shapes: tables, now: () => new Date(loop.now()) })
  const { catalog, onWrite } = createCatalogCache(base)
  const { engine, observations, recordWrite } = observeWrites(base, loop.now, onWrite)
  for (const row of system.rows) {
    await base.transact([row])
    recordWrite(row)
  }
  const hasPeople = seed % 2 === 1
  const sendings: Sending[] = []
  let bounces = 0
  let failedProcesses = 0

  const injector = createFaultInjector({
    loop,
    random,
    engine,
    catalog,
    schools,
    mishaps,
    sabotage,
    sendings,
    queue: { depth: () => queue.depth(), send: (pointers) => queue.send(pointers) },
    onMail: ({ deliveryId, messageId, to }) => {
      if (isCalm() || random() > 0.15) return
      bounces += 1
      const mail = { deliveryId, messageId, to, why: 'bounced' as const, lasting: random() < 0.3 }
      const redeliverBounce = (): void =>
        worker(
          'bounce',
          deliveryId,
          (process) => handleBounce(mail, injector.createDependencies(process)),
          ({ how }) => {
            if (how === 'done') observations.bounces.push({ deliveryId, messageId })
            else loop.at(loop.now() + visibilitySeconds * 1000, redeliverBounce)
          },
        )
      loop.at(loop.now() + 2000 + random() * 60_000, redeliverBounce)
    },
  })

  function worker(...[name, detail, task, onEnd = () => {}]: Parameters<StartWorker>) {
    const maxLifetimeMs = workers[name].timeoutSeconds * 1000
    loop.begin(`${name} ${detail}`, task, {
      maxLifetimeMs,
      onEnd: (ending) => {
        if (ending.how !== 'done') failedProcesses += 1
        onEnd(ending)
      },
    })
  }

  const queue = createPointerQueue({
    random,
    loop,
    isCalm,
    deliver: (pointer, failed) =>
      worker(
        'deliver',
        pointer.deliveryId,
        (process) => deliverLead(pointer, injector.createDependencies(process)),
        ({ how }) => how !== 'done' && failed(),
      ),
  })

  const purges = random() < 0.5 ? random.below(3) : 0
  for (let remaining = purges; remaining > 0; remaining--)
    loop.at(startsAt + random() * (calmAt - startsAt), () => queue.purge())
  loop.at(calmAt, () => {
    Object.assign(faultRates, { crash: 0, slow: 0 })
    Object.assign(mishaps, { conflict: 0, outage: 0, lostResponse: 0 })
  })

  const visitors = createVisitors({ leads, hasLists: hasPeople, system, random, loop, injector, observations, calmAt })
  const staff = createStaff({ random, loop, injector, visitors, worker, calmAt })
  const erasures = createErasureRequests({ random, loop, injector, visitors, worker, calmAt, erases: sabotage.erases })
  /** Starts the withdraw worker every minute until three minutes after the last fault. */
  function runWithdrawWorker() {
    worker('withdraw', '', (process) => continueWithdrawals(injector.createDependencies(process)))
    if (loop.now() < calmAt + 180_000) loop.at(loop.now() + 60_000, runWithdrawWorker)
  }
  if (visitors.some(({ hasWithdrawn }) => hasWithdrawn)) loop.at(startsAt + random() * 60_000, runWithdrawWorker)
  const readers = hasPeople ? createReaders({ random, loop, injector, calmAt, endsAt }) : { readings: [] }
  const colleagues = hasPeople ? createColleagues({ random, loop, injector, calmAt, endsAt }) : { uses: [] }
  if (hasPeople) createPayers({ random, loop, injector, calmAt })
  const { publishes } = sabotage
  const editors = hasPeople
    ? createEditors({ random, loop, injector, worker, publishes, calmAt })
    : { confirmedEdits: [] }
  const isQuiet = () => visitors.every(({ receipt }) => receipt) && queue.depth() === 0
  const repairCampaigns = () => {
    for (const id of observations.closedEndpointCampaigns())
      engine.transact(enableEndpointWrites(id, { campaignId: id, mailboxes: [`leads@${id}.example`] }))
  }
  const { sweeps } = sabotage
  loop.at(
    startsAt,
    createScheduler({ random, loop, injector, observations, sweeps, worker, endsAt, isCalm, isQuiet, repairCampaigns }),
  )

  await loop.run()
  return {
    seed,
    engine: base,
    schools,
    visitors,
    staff,
    erasures,
    hasPeople,
    readers,
    colleagues,
    observations,
    sendings,
    loop,
    calmAt,
    endsAt,
    figures: {
      steps: loop.trace().steps,
      'processes that died or failed': failedProcesses,
      'requests and emails that schools received': schools.log.length,
      'bounced emails': bounces,
      'replays by staff': staff.promisedReplays.length,
      'people whom staff erased': erasures.promisedErasures.length,
      'edits of records by staff': editors.confirmedEdits.length,
      'leads that officers read': readers.readings.length,
      'acts of people who signed in': colleagues.uses.length,
      'payments of a prepaid school': observations.payments.size,
      'queues purged': purges,
      'pointers lost in purges': queue.purgedCount(),
    },
  }
}
