import { expect, it } from 'vitest'
import { createTasks } from '#local/workers/create-tasks.ts'
import { openStores } from '#shared/store/open-stores.ts'
import { createTestSystem, readLead, submitTestLead } from '#test/functions/create-test-system.ts'
import { deliverDue } from '#test/functions/routing/create-test-market.ts'

const daySeconds = 86_400

it.each([
  ['right', 'erase what is over, and close months that ended', { isLeadErased: true, removals: 1, hasClosed: true }],
  ['in doubt', 'erase nothing, and close no month', { isLeadErased: false, removals: 0, hasClosed: false }],
])('tasks of a clock that is %s %s', async (clock, _, expected) => {
  const system = await createTestSystem()
  const { leadId } = await submitTestLead(system)
  await deliverDue(system)
  system.api.advanceClock(40 * daySeconds)
  let removals = 0
  const engine = {
    async removeExpired() {
      removals += 1
    },
  }
  const stores = openStores(system.api.engine)
  const deps = { ...system.api.createDependencies('worker/retain'), ...stores, retentionDays: 30 }
  const tasks = createTasks({ deps, engine, periods: {}, clock: { isInDoubt: () => clock === 'in doubt' } })
  for (const { run } of tasks) await run()
  const isLeadErased = 'erased' in Object(await readLead(system, leadId))
  const hasClosed = system.api.logEntries.some(({ event }) => event === 'statement.closed')
  expect({ isLeadErased, removals, hasClosed }).toEqual(expected)
})
