import { describe, expect, it } from 'vitest'
import { alphaSchool, deleteSchool, recreateSchool } from '#test/functions/binding/record-edits.ts'
import { parseKey, putRecord, type TestSystem } from '#test/functions/create-test-system.ts'
import { createTestMarket, deliverDue, visit } from '#test/functions/routing/create-test-market.ts'
import { readStory, settleWithdrawal, withdrawOnPage } from './withdrawal-fixture.ts'

const ada = { email: 'ada1@mail.example', phone: '(512) 789-1001' }
const omega = { name: 'Omega', legalName: 'Omega Debt Buyers LLC' }

/** Alpha and Beta have a lead of Ada. */
async function createSystem() {
  const system = await createTestMarket({ alpha: { school: alphaSchool }, beta: {}, gamma: {} })
  const { publicReceipt } = await visit(system, 1)
  await deliverDue(system)
  system.api.advanceClock(60)
  return { system, leadId: publicReceipt.leadId, withdrawalPath: publicReceipt.withdrawalPath ?? '' }
}

async function expectUntouched(system: TestSystem, leadId: string) {
  await settleWithdrawal(system)
  const { deliveries, withdrawals, withdrawnAt } = await readStory(system, leadId)
  expect([withdrawnAt, withdrawals, deliveries.filter((one) => one.withdrawnAt !== undefined)]).toEqual([
    undefined,
    [],
    [],
  ])
}

const schoolHeaders = async ({ api }: TestSystem) => ({ authorization: `Bearer ${await api.schoolKey('alpha')}` })

describe('a school that was deleted and created again', () => {
  const doors: { [name: string]: (system: TestSystem) => Promise<{ status: number }> } = {
    'its API': async (system) =>
      system.api.call('POST', '/v1/school/withdrawals', { headers: await schoolHeaders(system), body: ada }),
    'its list of opt-outs': async (system) =>
      system.api.call('POST', '/v1/school/withdrawals/imports', {
        headers: await schoolHeaders(system),
        body: { csv: `email\n${ada.email}\n` },
      }),
    staff: ({ api }) =>
      api.staff('POST', '/v1/ops/suppressions', {
        body: { ...ada, scope: { kind: 'school', schoolId: 'alpha' }, reason: 'By phone.' },
      }),
    'an import of staff': ({ api }) =>
      api.staff('POST', '/v1/ops/suppressions/imports', {
        body: { csv: `email\n${ada.email}\n`, scope: { kind: 'school', schoolId: 'alpha' }, reason: 'A list.' },
      }),
  }

  it.each(Object.entries(doors))(
    'withdraws no lead of the earlier school, and stops its own: %s',
    async (_, withdraw) => {
      const { system, leadId } = await createSystem()
      await deleteSchool(system)
      await recreateSchool(system, omega)
      const later = await visit(system, 1)
      system.api.advanceClock(1)
      expect((await withdraw(system)).status).toBeLessThan(300)
      await expectUntouched(system, leadId)
      const own = (await readStory(system, later.receipt.leadId)).deliveries.filter(
        ({ schoolId }) => schoolId === 'alpha',
      )
      expect(own).toMatchObject([{ state: 'dead', withdrawnAt: expect.any(String) }])
    },
  )

  it.each(Object.entries(doors))('does not inherit the opt-outs of the earlier school: %s', async (_, withdraw) => {
    const { system } = await createSystem()
    expect((await withdraw(system)).status).toBeLessThan(300)
    await settleWithdrawal(system)
    await deleteSchool(system)
    await recreateSchool(system, omega)
    // Under the consent of that time, as an offer would be.
    system.api.advanceClock(-3600)
    const { receipt } = await visit(system, 1)
    expect(receipt.schools.map(({ schoolId }) => schoolId)).toContain('alpha')
  })

  it('is not named by the withdrawal page of a consent that named the earlier school', async () => {
    const { system, leadId, withdrawalPath } = await createSystem()
    expect((await system.api.call('GET', withdrawalPath)).text).toContain('Stop contact from Alpha College')
    await deleteSchool(system)
    await recreateSchool(system, omega)
    const page = await system.api.call('GET', withdrawalPath)
    expect(page.text).toContain('Stop contact from Beta College')
    expect(page.text).not.toMatch(/Alpha|Omega/)
    expect((await system.api.call('POST', `${withdrawalPath}?school=alpha`)).status).toBe(404)
    await expectUntouched(system, leadId)
  })
})

describe('a source that was deleted and created again', () => {
  it('withdraws no lead of the earlier source, and stops its own', async () => {
    const { system, leadId } = await createSystem()
    await system.api.staff('DELETE', '/v1/ops/sources/landing')
    const again = await putRecord(system.api, 'sources', 'landing', { name: 'Another publisher', mode: 'live' })
    const sourceKey = parseKey(again.body)
    const timeZone = 'America/Chicago'
    await putRecord(system.api, 'schools', 'alpha', { ...alphaSchool, timeZone, duplicates: { keys: 'none' } })
    const later = await visit({ ...system, sourceKey }, 1)
    system.api.advanceClock(1)
    expect((await withdrawOnPage(system, ada, sourceKey)).status).toBe(202)
    await expectUntouched(system, leadId)
    expect((await readStory(system, later.receipt.leadId)).withdrawnAt).toBeDefined()
    await deliverDue(system)
    expect(system.api.webhooks.requests.filter(({ body }) => body.includes(later.receipt.leadId))).toEqual([])
  })

  it('is not stopped by what the link of an earlier lead withdraws', async () => {
    const { system, leadId, withdrawalPath } = await createSystem()
    await system.api.staff('DELETE', '/v1/ops/sources/landing')
    await putRecord(system.api, 'sources', 'landing', { name: 'Another publisher', mode: 'live' })
    expect((await system.api.call('POST', withdrawalPath)).status).toBe(202)
    await settleWithdrawal(system)
    expect((await readStory(system, leadId)).withdrawals).toMatchObject([
      { scope: { kind: 'source', sourceId: 'landing' } },
    ])
    expect((await readStory(system, leadId)).withdrawals[0]?.scope).not.toHaveProperty('generation')
  })
})

describe('the scope of a suppression', () => {
  it.each([
    ['schoolId', { kind: 'school', schoolId: 'alfa' }],
    ['sourceId', { kind: 'source', sourceId: 'lending' }],
  ])('must name a record that exists: %s', async (field, scope) => {
    const { system } = await createSystem()
    const errors = [expect.objectContaining({ pointer: `/scope/${field}`, code: 'unknown_record' })]
    for (const [path, body] of [
      ['', { ...ada }],
      ['/imports', { csv: `email\n${ada.email}\n` }],
    ] as const)
      expect(
        await system.api.staff('POST', `/v1/ops/suppressions${path}`, { body: { ...body, scope, reason: 'A typo.' } }),
      ).toMatchObject({ status: 422, body: { errors } })
  })
})
