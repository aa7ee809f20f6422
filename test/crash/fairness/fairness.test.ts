import { afterAll, expect, it } from 'vitest'
import { startHost } from '#local/host.ts'
import { createLocalQueue } from '#local/workers/create-local-queue.ts'
import { seedTrialData } from '../kill/seed-trial-data.ts'
import { startVisitors } from '../kill/start-visitors.ts'
import { createEventCounter } from '../proof/create-event-counter.ts'
import { openTimedSchool } from './open-timed-school.ts'

const leads = 60
const arrivalEvents = createEventCounter()
const hanging = await openTimedSchool({ id: 'hanging', manner: 'hangs', arrivalEvents })
const others = await Promise.all(
  ['one', 'two', 'three', 'four'].map((id) => openTimedSchool({ id, manner: 'answers', arrivalEvents })),
)
afterAll(() => {
  for (const school of [hanging, ...others]) school.close()
})

it('delivers to other schools while one school hangs', async () => {
  const host = await startHost({ port: 0 })
  const ready = { api: host.urls.api, operatorKey: host.keys.operator }
  // The hanging school ranks first in every decision.
  const townSchools = [hanging, ...others].map((school) => ({ ...school, maxLeads: leads, campaign: {} }))
  const visitorPool = startVisitors({
    sourceKey: await seedTrialData(ready, townSchools),
    leads,
    api: async () => ready.api,
    answeredLeads: createEventCounter(),
  })
  await visitorPool.done
  await arrivalEvents.until(() => others.every(({ arrivals }) => arrivals.size === leads))

  expect(hanging.seen).toMatchObject({ ended: 0, open: 10, maxOpen: 10 })
  hanging.close()
  await host.close()
})

it('detects: a school that may use every connection delays the others', async () => {
  const started: string[] = []
  const queue = createLocalQueue({
    deliver: ({ schoolId }) => {
      started.push(schoolId)
      return schoolId === 'hanging' ? new Promise(() => {}) : Promise.resolve()
    },
    onError() {},
    shares: { routing: 20 },
    maxPerSchool: 20,
  })
  for (const schoolId of ['hanging', 'one'])
    await queue.send(Array.from({ length: leads }, (_, at) => ({ schoolId, deliveryId: `${schoolId}-${at}` })))
  await new Promise(setImmediate)
  expect(started).toEqual(Array(20).fill('hanging'))
})
