import { beforeEach, describe, expect, it } from 'vitest'
import { createClockWatch } from '#local/workers/create-clock-watch.ts'
import { attemptTimes } from '#shared/domain/delivery/attempt-times.ts'
import { buildPostbackWrite, postbackStore } from '#shared/store/aftercare/postbacks.ts'
import {
  createTestSystem,
  listQueuedDeliveries,
  submitTestLead,
  type TestSystem,
} from '#test/functions/create-test-system.ts'
import { webhookResponse } from '#test/functions/house/fakes.ts'
import { deliverDue } from '#test/functions/routing/create-test-market.ts'

const hour = 3600
const hourMs = hour * 1000

let system: TestSystem
let setByHandMs: number
beforeEach(async () => {
  system = await createTestSystem()
  setByHandMs = 0
})

describe('a clock that is set back by an hour', () => {
  it('lets no lead wait for an hour: what is due, is sent with the next sweep', async () => {
    const watch = createWatch()
    await watch.run()
    const deliveryIds = await queueLead()
    setClock(-hour)
    await deliverDue(system)
    expect(await readStates(deliveryIds)).toEqual(['pending', 'pending'])

    await watch.run()
    await deliverDue(system)
    expect(await readStates(deliveryIds)).toEqual(['delivered', 'delivered'])
    expect(listSteps()).toEqual([{ seconds: hour, broughtForward: expect.any(Number) }])
  })

  it('frees permits and the circuit of a school, which were taken until then', async () => {
    const watch = createWatch()
    await watch.run()
    system.api.webhooks.respond = () => webhookResponse(503, '', { 'retry-after': '60' })
    const [id = ''] = await queueLead()
    await system.api.deliver(id)
    setClock(-hour)
    expect((await readPermits('tall-grass')).filter((until) => until > toText(0))).toHaveLength(1)
    await watch.run()
    expect((await readPermits('tall-grass')).filter((until) => until > toText(0))).toEqual([])

    system.api.webhooks.respond = () => webhookResponse(200)
    system.api.advanceClock(120)
    await deliverDue(system)
    expect(await readStates([id])).toEqual(['delivered'])
  })

  it('ends the lease of a deliverer that died, which no index shows', async () => {
    const watch = createWatch()
    await watch.run()
    const [id = ''] = await queueLead()
    system.api.advanceClock(2 * hour)
    system.api.webhooks.respond = () => {
      throw new Error('The process has died.')
    }
    await expect(system.api.deliver(id)).rejects.toThrow('died')
    system.api.webhooks.respond = () => webhookResponse(200)
    // The delivery was due before the time that the clock has now.
    setClock(-hour)
    await watch.run()
    system.api.advanceClock(attemptTimes.leaseSeconds)
    await deliverDue(system)
    expect(await readStates([id])).toEqual(['delivered'])
  })

  it('lets no source wait for an hour until it is told what became of its lead', async () => {
    const watch = createWatch()
    await watch.run()
    const { engine } = system.api
    const listDue = async () => postbackStore(engine).listDue(toText(0), 10)
    await engine.transact([
      buildPostbackWrite({ leadId: 'lead_1', cause: 'decided', at: toText(0), sourceId: 'landing' }),
    ])
    setClock(-hour)
    expect(await listDue()).toEqual([])
    await watch.run()
    expect(await listDue()).toMatchObject([{ leadId: 'lead_1' }])
  })

  it('is noticed by the files of the folder if it was set while the host did not run', async () => {
    const deliveryIds = await queueLead()
    const lastWriteMs = system.api.clock.now.getTime()
    setClock(-hour)
    await createWatch(lastWriteMs).run()
    await deliverDue(system)
    expect(await readStates(deliveryIds)).toEqual(['delivered', 'delivered'])
  })

  it('leaves the rest of a longer wait, and brings it forward once', async () => {
    const watch = createWatch()
    system.api.webhooks.respond = () => webhookResponse(500)
    const [id = ''] = await queueLead()
    await system.api.deliver(id)
    const before = await readDueTime(id)
    setClock(-hour)
    await watch.run()
    expect(Date.parse(before) - Date.parse(await readDueTime(id))).toBe(hourMs)
    // A second look finds nothing more.
    await watch.run()
    expect(Date.parse(before) - Date.parse(await readDueTime(id))).toBe(hourMs)
  })
})

describe('a clock that is set forward and back', () => {
  it('leaves nothing that waits for the hour in between', async () => {
    const watch = createWatch()
    setClock(hour)
    await watch.run()
    const deliveryIds = await queueLead()
    setClock(-hour)
    await watch.run()
    await deliverDue(system)
    expect(await readStates(deliveryIds)).toEqual(['delivered', 'delivered'])
    expect(listSteps()).toHaveLength(1)
  })

  it('is no step if it was moved by a few seconds, or if the host just ran on', async () => {
    const watch = createWatch()
    setClock(-5)
    await watch.run()
    system.api.advanceClock(10 * hour)
    await watch.run()
    expect(listSteps()).toEqual([])
  })
})

describe('a clock that leaps ahead by years', () => {
  const year = 365 * 24 * hour

  it('erases nothing for a day', async () => {
    const watch = createWatch()
    setClock(10 * year)
    expect(watch.isInDoubt()).toBe(true)
    system.api.advanceClock(24 * hour - 1)
    expect(watch.isInDoubt()).toBe(true)
    system.api.advanceClock(1)
    expect(watch.isInDoubt()).toBe(false)
    expect(listLeaps()).toEqual([{ hours: (10 * year) / hour, inDoubtForHours: 24 }])
  })

  it('erases again once it is put right', async () => {
    const watch = createWatch()
    setClock(year)
    await watch.run()
    setClock(-year)
    expect(watch.isInDoubt()).toBe(false)
  })

  it('is noticed by the files of the folder if it leapt while the host did not run', () => {
    expect(createWatch(system.api.clock.now.getTime() - 8 * 24 * hourMs).isInDoubt()).toBe(true)
    expect(createWatch(system.api.clock.now.getTime() - 6 * 24 * hourMs).isInDoubt()).toBe(false)
    expect(createWatch().isInDoubt()).toBe(false)
  })

  it('is no leap if a host just ran for years', () => {
    const watch = createWatch()
    system.api.advanceClock(year)
    expect(watch.isInDoubt()).toBe(false)
  })
})

/** The machine's clock is that of the system; the steady one runs as it does, and cannot be set. */
function createWatch(lastWriteMs?: number) {
  const { clock, createDependencies, engine } = system.api
  return createClockWatch({
    engine,
    deps: { ...createDependencies('operator'), now: () => new Date(clock.now) },
    lastWriteMs,
    machineMs: () => clock.now.getTime(),
    steadyMs: () => clock.now.getTime() - setByHandMs,
  })
}

const listLeaps = () =>
  system.api.logEntries.flatMap(({ event, fields }) => (event === 'clock.leapt-ahead' ? [fields] : []))

function setClock(seconds: number) {
  system.api.advanceClock(seconds)
  setByHandMs += seconds * 1000
}

const toText = (seconds: number) => new Date(system.api.clock.now.getTime() + seconds * 1000).toISOString()

async function queueLead(): Promise<string[]> {
  await submitTestLead(system)
  return (await listQueuedDeliveries(system)).map(({ deliveryId }) => deliveryId)
}

async function readDelivery(id: string) {
  const delivery = await system.api.createDependencies('operator').deliveries.find(id)
  if (!delivery) throw new Error(`There is no delivery ${id}.`)
  return delivery
}

const readStates = (ids: readonly string[]) => Promise.all(ids.map(async (id) => (await readDelivery(id)).state))
const readDueTime = async (id: string) => String((await readDelivery(id)).dueAt)

async function readPermits(schoolId: string): Promise<string[]> {
  const { busyUntil } = await system.api.createDependencies('operator').endpointHealth.getBySchool(schoolId)
  return Object.values(busyUntil)
}

const listSteps = () =>
  system.api.logEntries.flatMap(({ event, fields }) => (event === 'clock.set-back' ? [fields] : []))
