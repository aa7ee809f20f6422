import { expect, it } from 'vitest'
import { enquire } from '#test/functions/town.ts'
import { aCanaryLead, aTownWithMemory, settle, story, traces } from './person.ts'

const day = 86_400

it('people are forgotten once their enquiry is older than the stage keeps it, and no day sooner', async () => {
  const memory = await aTownWithMemory()
  const { town } = memory
  const leadId = await aCanaryLead(town)
  await settle(town)
  town.house.pass(30 * day)
  await town.house.retain(30)
  expect(await story(town, leadId)).not.toHaveProperty('erased')

  const { leadId: younger } = await enquire(town, 1)
  town.house.pass(day)
  await town.house.retain(30)
  expect(await traces(memory)).toEqual([])
  expect(await story(town, younger)).not.toHaveProperty('erased')
  const { body } = await town.house.staff('GET', '/v1/ops/erasures')
  expect(body).toMatchObject({ erasures: [{ state: 'done', leads: 1, by: { name: 'Retention' } }] })
})

it('nobody is told of it, and schools keep what is theirs', async () => {
  const { town } = await aTownWithMemory()
  await aCanaryLead(town)
  await settle(town)
  const before = town.house.webhooks.requests.length
  town.house.pass(40 * day)
  await town.house.retain(30)
  await settle(town)
  expect(town.house.webhooks.requests).toHaveLength(before)
  expect(town.house.mailbox.messages.filter(({ subject }) => subject.startsWith('Please erase'))).toEqual([])
})

it('where the stage says nothing, nobody is forgotten', async () => {
  const { town } = await aTownWithMemory()
  const leadId = await aCanaryLead(town)
  town.house.pass(4000 * day)
  await town.house.retain()
  expect(await story(town, leadId)).not.toHaveProperty('erased')
})

it('a turn that is cut short is gone on with, and days that are done are not looked at again', async () => {
  const memory = await aTownWithMemory()
  const { town } = memory
  await aCanaryLead(town)
  const { leadId } = await enquire(town, 1)
  town.house.pass(40 * day)
  const died: number[] = []
  for (const mostWrites of [1, 3, 5, 8]) {
    let writes = 0
    const dies = async () => {
      writes += 1
      if (writes > mostWrites) throw new Error('The process is gone.')
      town.house.watch.beforeCommit = dies
    }
    town.house.watch.beforeCommit = dies
    await town.house.retain(30).catch(() => died.push(mostWrites))
  }
  expect(died).toContain(3)
  town.house.watch.beforeCommit = undefined
  await town.house.retain(30)
  await town.house.eraseOn()
  expect(await traces(memory)).toEqual([])
  expect(await story(town, leadId)).toHaveProperty('erased')

  town.house.watch.queries = 0
  await town.house.retain(30)
  expect(town.house.watch.queries).toBe(0)
})
