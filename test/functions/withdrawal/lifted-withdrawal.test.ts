import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { suppression } from '#shared/domain/aftercare/suppression.ts'
import { createTestSystem, type TestSystem } from '#test/functions/create-test-system.ts'
import { deliverDue } from '#test/functions/routing/create-test-market.ts'
import {
  ada,
  createDeliveredSystem,
  listNotices,
  readStory,
  settleWithdrawal,
  submitAda,
} from './withdrawal-fixture.ts'

const sha256 = createHash('sha256').update(ada.email).digest('hex')
const reason = 'A list of opt-outs.'

/** The ways in which staff suppress a person, and a visitor withdraws. Returns nothing: the suppression is found by the person. */
const ways: { [name: string]: (system: TestSystem) => Promise<{ status: number }> } = {
  'an import of hashes': ({ api }) =>
    api.staff('POST', '/v1/ops/suppressions/imports', {
      body: { csv: `email_sha256\n${sha256}\n`, reason, basis: 'withdrawal' },
    }),
  'an import of emails': ({ api }) =>
    api.staff('POST', '/v1/ops/suppressions/imports', { body: { csv: `email\n${ada.email}\n`, reason } }),
  staff: ({ api }) => api.staff('POST', '/v1/ops/suppressions', { body: { email: ada.email, reason } }),
  'a landing page': ({ api, sourceKey }) =>
    api.call('POST', '/v1/consents/withdrawals', { headers: { 'x-source-key': sourceKey }, body: ada }),
}

async function liftAll({ api }: TestSystem) {
  const { body } = await api.staff('POST', '/v1/ops/suppressions/searches', { body: { email: ada.email } })
  const active = (body as { suppressions: unknown[] }).suppressions.map((one) => suppression.parse(one))
  for (const { suppressionId } of active) {
    const path = `/v1/ops/suppressions/${suppressionId}/lift`
    expect(await api.staff('POST', path, { body: { reason: 'A mistake.' } })).toMatchObject({ status: 200 })
  }
}

/** What the school that has the lead reads of it. */
async function readDoors({ api }: TestSystem): Promise<string> {
  const headers = { authorization: `Bearer ${await api.schoolKey('tall-grass')}` }
  const list = await api.call('GET', '/v1/school/leads', { headers })
  return list.text
}

describe.each(Object.entries(ways))('a withdrawal that staff lift before the worker has come: %s', (_, withdraw) => {
  it('leaves what a school has masked, and tells the school', async () => {
    const { system, leadId } = await createDeliveredSystem()
    expect(await readDoors(system)).toContain(ada.email) // Control: before.
    expect((await withdraw(system)).status).toBeLessThan(300)
    expect(await readDoors(system)).not.toContain(ada.email)
    await liftAll(system)
    expect(await readDoors(system)).not.toContain(ada.email)
    await settleWithdrawal(system)
    expect(await readDoors(system)).not.toContain(ada.email)
    expect(listNotices(system).webhooks).toHaveLength(1)
    expect((await readStory(system, leadId)).withdrawnAt).toBeDefined()
  })

  it('sends nothing of what waited', async () => {
    const system = await createTestSystem()
    const leadId = await submitAda(system)
    system.api.advanceClock(1)
    expect((await withdraw(system)).status).toBeLessThan(300)
    await liftAll(system)
    await deliverDue(system)
    expect([system.api.webhooks.requests, system.api.mailbox.messages]).toEqual([[], []])
    expect((await readStory(system, leadId)).deliveries.map(({ state }) => state)).toEqual(['dead', 'dead'])
  })

  it('counts for no consent that is granted later', async () => {
    const system = await createTestSystem()
    await withdraw(system)
    await liftAll(system)
    await submitAda(system)
    await deliverDue(system)
    expect(await readDoors(system)).toContain(ada.email)
  })
})

describe('a list that staff lift', () => {
  it('shows a lead again whose person has withdrawn nothing', async () => {
    const { system } = await createDeliveredSystem()
    const body = { csv: `email_sha256\n${sha256}\n`, reason, list: 'do-not-call' }
    expect((await system.api.staff('POST', '/v1/ops/suppressions/imports', { body })).status).toBe(200)
    expect(await readDoors(system)).not.toContain(ada.email)
    await liftAll(system)
    expect(await readDoors(system)).toContain(ada.email)
    await settleWithdrawal(system)
    expect(await readDoors(system)).toContain(ada.email)
  })
})
