import { expect, it } from 'vitest'
import { createTasks } from '#local/workers/create-tasks.ts'
import { openStores } from '#shared/store/open-stores.ts'
import { createTestSystem, readLead, submitTestLead } from '#test/functions/create-test-system.ts'

const hourSeconds = 3600

it.each([
  [true, 'erase leads and rows whose time is over', { isLeadErased: true, removals: 1 }],
  [false, 'erase nothing while the clock is in doubt', { isLeadErased: false, removals: 0 }],
])('tasks that may erase (%s) %s', async (mayErase, _, expected) => {
  const system = await createTestSystem()
  const { leadId } = await submitTestLead(system)
  system.api.advanceClock(40 * 24 * hourSeconds)
  let removals = 0
  const engine = {
    async removeExpired() {
      removals += 1
    },
  }
  const stores = openStores(system.api.engine)
  const deps = { ...system.api.createDependencies('worker/retain'), ...stores, retentionDays: 30 }
  const tasks = createTasks({ deps, engine, periods: {}, clock: { mayErase: () => mayErase } })
  for (const { everySeconds, run } of tasks) if (everySeconds === hourSeconds) await run()
  const isLeadErased = 'erased' in Object(await readLead(system, leadId))
  expect({ isLeadErased, removals }).toEqual(expected)
})
