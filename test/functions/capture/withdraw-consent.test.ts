import { describe, expect, it } from 'vitest'
import { leadReceipt } from '#shared/contract/capture/capture.ts'
import { leadTimeline } from '#shared/contract/capture/leads.ts'
import {
  aLead,
  createTestSystem,
  postLead,
  readLead,
  requestMatch,
  type TestSystem,
} from '#test/functions/create-test-system.ts'

const ada = { email: 'ada@mail.example', phone: '(512) 789-1111' }
const contact = { firstName: 'Ada', lastName: 'Example', zip: '78701', ...ada }

describe('a withdrawal of consent', () => {
  it.each([
    ['a withdrawal by email, in any spelling,', { email: ' ADA@mail.example ' }],
    ['a withdrawal by phone', { phone: '+1 512 789 1111' }],
  ])('%s stops what is still to be sent', async (_, person) => {
    const system = await createTestSystem()
    const leadId = await postAdaLead(system)
    expect((await withdraw(system, person)).status).toBe(202)
    for (const { deliveryId } of system.api.queue.pointers) await system.api.deliver(deliveryId)

    expect(system.api.webhooks.requests).toEqual([])
    expect((await readTimeline(system, leadId)).deliveries.map(({ state }) => state)).toEqual(['dead', 'dead'])
  })

  it('saves a later request of the person with the reason, and sends it to no school', async () => {
    const system = await createTestSystem()
    await withdraw(system, ada)
    const { outcome, decisions } = await readTimeline(system, await postAdaLead(system))
    expect(outcome).toBe('unmatched')
    expect(new Set(decisions[0]?.verdicts.map(({ reason }) => reason))).toEqual(new Set(['SUPPRESSED']))
  })

  it('a withdrawal affects no other person', async () => {
    const system = await createTestSystem()
    await withdraw(system, { email: 'bob@mail.example' })
    expect((await readTimeline(system, await postAdaLead(system))).outcome).toBe('accepted')
  })

  it.each([
    ['no person', {}, ''],
    ['no valid email', { email: 'ada' }, '/email'],
    ['no valid phone number', { phone: '1234567' }, '/phone'],
  ])('refuses a withdrawal that names %s, with a pointer', async (_, person, pointer) => {
    const response = await withdraw(await createTestSystem(), person)
    expect(response).toMatchObject({ status: 422, body: { errors: [{ pointer }] } })
  })
})

async function postAdaLead(system: TestSystem): Promise<string> {
  const response = await postLead(system, aLead(await requestMatch(system), 1, { contact }))
  return leadReceipt.parse(response.body).leadId
}

async function readTimeline(system: TestSystem, leadId: string) {
  return leadTimeline.parse(await readLead(system, leadId))
}

function withdraw({ api, sourceKey }: TestSystem, body: object) {
  return api.call('POST', '/v1/consents/withdrawals', { headers: { 'x-source-key': sourceKey }, body })
}
