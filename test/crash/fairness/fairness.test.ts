import { afterAll, expect, it } from 'vitest'
import { startHost } from '#local/host.ts'
import { localQueue } from '#local/workers/queue.ts'
import { writeTown } from '../kill/town.ts'
import { visitors } from '../kill/visitors.ts'
import { news } from '../proof/news.ts'
import { openTimedSchool } from './timed-school.ts'

const leads = 60
const arrived = news()
const hanging = await openTimedSchool({ id: 'hanging', manner: 'hangs', arrived })
const others = await Promise.all(
  ['one', 'two', 'three', 'four'].map((id) => openTimedSchool({ id, manner: 'answers', arrived })),
)
afterAll(() => {
  for (const school of [hanging, ...others]) school.close()
})

it('lets no delivery wait behind a school that hangs', { timeout: 60_000 }, async () => {
  const host = await startHost({ port: 0 })
  const ready = { api: host.urls.api, operatorKey: host.keys.operator }
  // The one that hangs comes first in every decision.
  const stalls = [hanging, ...others].map((school) => ({ ...school, most: leads, campaign: {} }))
  const people = visitors({
    sourceKey: await writeTown(ready, stalls),
    leads,
    api: async () => ready.api,
    answered: news(),
  })
  await people.done
  await arrived.until(() => others.every(({ arrivals }) => arrivals.size === leads))

  expect(hanging.seen).toMatchObject({ ended: 0, open: 4, mostOpen: 4 })
  hanging.close()
  await host.close()
})

it('would see deliveries wait where a school may have every connection', async () => {
  const started: string[] = []
  const queue = localQueue({
    deliver: ({ schoolId }) => {
      started.push(schoolId)
      return schoolId === 'hanging' ? new Promise(() => {}) : Promise.resolve()
    },
    failed() {},
    mostInAll: 20,
    mostPerSchool: 20,
  })
  for (const schoolId of ['hanging', 'one'])
    await queue.send(Array.from({ length: leads }, (_, at) => ({ schoolId, deliveryId: `${schoolId}-${at}` })))
  await new Promise(setImmediate)
  expect(started).toEqual(Array(20).fill('hanging'))
})
