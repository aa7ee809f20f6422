import { expect, it } from 'vitest'
import { submitTestLead } from '#test/functions/create-test-system.ts'
import { aCanaryLead, createInspectableSystem, findTraces, readTimeline, settle } from './canary-lead.ts'

const day = 86_400

it('erases leads that are older than the retention period and no younger ones', async () => {
  const fixture = await createInspectableSystem()
  const { system } = fixture
  const leadId = await aCanaryLead(system)
  await settle(system)
  system.api.advanceClock(30 * day)
  await system.api.retain(30)
  expect(await readTimeline(system, leadId)).not.toHaveProperty('erased')

  const { leadId: younger } = await submitTestLead(system, 1)
  system.api.advanceClock(day)
  await system.api.retain(30)
  expect(await findTraces(fixture)).toEqual([])
  expect(await readTimeline(system, younger)).not.toHaveProperty('erased')
  const { body } = await system.api.staff('GET', '/v1/ops/erasures')
  expect(body).toMatchObject({ erasures: [{ state: 'done', leads: 1, by: { name: 'Retention' } }] })
})

it('sends no erasure notice to schools for expired leads', async () => {
  const { system } = await createInspectableSystem()
  await aCanaryLead(system)
  await settle(system)
  const before = system.api.webhooks.requests.length
  system.api.advanceClock(40 * day)
  await system.api.retain(30)
  await settle(system)
  expect(system.api.webhooks.requests).toHaveLength(before)
  expect(system.api.mailbox.messages.filter(({ subject }) => subject.startsWith('Please delete'))).toEqual([])
})

it('erases nothing without a retention period', async () => {
  const { system } = await createInspectableSystem()
  const leadId = await aCanaryLead(system)
  system.api.advanceClock(4000 * day)
  await system.api.retain()
  expect(await readTimeline(system, leadId)).not.toHaveProperty('erased')
})

it('continues an interrupted run and does not read finished days again', async () => {
  const fixture = await createInspectableSystem()
  const { system } = fixture
  await aCanaryLead(system)
  const { leadId } = await submitTestLead(system, 1)
  system.api.advanceClock(40 * day)
  const failedAt: number[] = []
  for (const maxWrites of [1, 3, 5, 8]) {
    let writes = 0
    const failWrite = async () => {
      writes += 1
      if (writes > maxWrites) throw new Error('The process is gone.')
      system.api.watch.beforeCommit = failWrite
    }
    system.api.watch.beforeCommit = failWrite
    await system.api.retain(30).catch(() => failedAt.push(maxWrites))
  }
  expect(failedAt).toContain(3)
  system.api.watch.beforeCommit = undefined
  await system.api.retain(30)
  await system.api.continueErasures()
  expect(await findTraces(fixture)).toEqual([])
  expect(await readTimeline(system, leadId)).toHaveProperty('erased')

  system.api.watch.queries = 0
  await system.api.retain(30)
  expect(system.api.watch.queries).toBe(0)
})
