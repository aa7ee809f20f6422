import { describe, expect, it } from 'vitest'
import { createTestSystem, type TestSystem } from '#test/functions/create-test-system.ts'
import { webhookResponse } from '#test/functions/house/fakes.ts'
import { deliverDue } from '#test/functions/routing/create-test-market.ts'
import {
  createDeliveredSystem,
  listNotices,
  readStory,
  settleWithdrawal,
  submitAda,
  withdrawOnPage,
} from './withdrawal-fixture.ts'

const listDetail = 'The visitor is on a list of people who sue over calls, which staff imported.'

function importList({ api }: TestSystem, fields: object = { list: 'litigator' }) {
  const body = { csv: 'phone\n(512) 789-1111\n', reason: 'List of November.', ...fields }
  return api.staff('POST', '/v1/ops/suppressions/imports', { body })
}

describe('a list of people not to call', () => {
  it('is the reason of SUPPRESSED for a person whose phone is on it, also under fresh consent', async () => {
    const system = await createTestSystem()
    expect(await importList(system)).toMatchObject({ status: 200, body: { suppressed: 1 } })
    const story = await readStory(system, await submitAda(system))
    expect(story.outcome).toBe('unmatched')
    expect(story.decisions[0]?.verdicts).toMatchObject([
      { reason: 'SUPPRESSED', detail: listDetail },
      { reason: 'SUPPRESSED', detail: listDetail },
    ])
  })

  it('is not named in a verdict if the person has withdrawn consent as well, nor for another person', async () => {
    const system = await createTestSystem()
    const [withdrawn] = [await submitAda(system), await importList(system, { list: 'do-not-call' })]
    system.api.advanceClock(1)
    await withdrawOnPage(system)
    const fresh = await readStory(system, await submitAda(system))
    expect(fresh.decisions[0]?.verdicts[0]?.detail).toContain('do-not-call list')
    const contact = {
      firstName: 'Bea',
      lastName: 'Example',
      email: 'b@mail.example',
      phone: '(512) 789-2222',
      zip: '78701',
    }
    expect((await readStory(system, await submitAda(system, { contact }))).outcome).toBe('accepted')
    expect((await readStory(system, withdrawn)).outcome).toBe('accepted')
  })

  it('is checked again before each attempt, so that a lead that waits is not sent', async () => {
    const system = await createTestSystem()
    system.api.webhooks.respond = () => webhookResponse(500, 'down')
    const leadId = await submitAda(system)
    await deliverDue(system)
    expect(system.api.webhooks.requests).toHaveLength(1)
    await importList(system)
    system.api.advanceClock(60)
    await deliverDue(system)
    expect(system.api.webhooks.requests).toHaveLength(1)
    const [delivery] = (await readStory(system, leadId)).deliveries
    expect(delivery).toMatchObject({
      state: 'dead',
      attemptLog: [{}, { reason: expect.stringContaining('sue over calls') }],
    })
  })

  it('tells no school that the person withdrew consent, because the person did not', async () => {
    const { system, leadId } = await createDeliveredSystem()
    await importList(system)
    await settleWithdrawal(system)
    expect(listNotices(system)).toEqual({ webhooks: [], mails: [] })
    expect((await readStory(system, leadId)).withdrawnAt).toBeUndefined()
    // Without a list the same file means what the people said.
    await importList(system, {})
    await settleWithdrawal(system)
    expect(listNotices(system).webhooks).toHaveLength(1)
  })

  it('does not replace what the person said, and lifting it leaves that in effect', async () => {
    const { system } = await createDeliveredSystem()
    await importList(system, {})
    await importList(system)
    const search = { body: { phone: '(512) 789-1111' } }
    const { body } = await system.api.staff('POST', '/v1/ops/suppressions/searches', search)
    const { suppressions } = Object(body)
    expect(suppressions).toMatchObject([{ list: 'litigator', state: 'active' }, { state: 'active' }])
    const reason = { body: { reason: 'Listed by mistake.' } }
    await system.api.staff('POST', `/v1/ops/suppressions/${suppressions[0].suppressionId}/lift`, reason)
    const story = await readStory(system, await submitAda(system))
    expect(story.decisions[0]?.verdicts[0]?.detail).toBe('The visitor has asked not to be contacted.')
  })

  it('is refused for a withdrawal, which a list cannot state', async () => {
    const system = await createTestSystem()
    expect(await importList(system, { list: 'litigator', basis: 'withdrawal' })).toMatchObject({ status: 422 })
  })
})
