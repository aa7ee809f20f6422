import { describe, expect, it } from 'vitest'
import { searchSuppressions } from '#shared/contract/aftercare/suppressions.ts'
import type { TestSystem } from '#test/functions/create-test-system.ts'
import { createFailingEngine, type Death } from '#test/functions/publishing/failing-engine.ts'
import { createTestMarket, deliverDue, readTimeline, visit } from '#test/functions/routing/create-test-market.ts'
import { memoryEngine } from '#test/memory-engine.ts'

const ada = { email: 'ada1@mail.example', phone: '(512) 789-1001' }
// The tests begin on Monday.
const tuesdays = { open: [{ days: ['tuesday'], from: '00:00', to: '24:00' }], outside: 'park' }

type Fixture = Awaited<ReturnType<typeof createHalfDeliveredLead>>
/** `isReportedByAlpha`: the school that has the lead knows of the withdrawal, so it gets no notice. */
type Door = { withdraw: (fixture: Fixture) => Promise<{ status: number }>; isReportedByAlpha?: true }

const doors: { [name: string]: Door } = {
  'the link of the receipt': { withdraw: ({ system, withdrawalPath }) => system.api.call('POST', withdrawalPath) },
  'the page, with its publishable key': {
    withdraw: ({ system }) =>
      system.api.call('POST', '/v1/consents/withdrawals', {
        headers: { 'x-source-key': system.sourceKey },
        body: ada,
      }),
  },
  'the disposition of a school': {
    isReportedByAlpha: true,
    withdraw: ({ system, deliveryId, headers }) =>
      system.api.call('POST', `/v1/school/deliveries/${deliveryId}/dispositions`, {
        headers,
        body: { disposition: 'opted-out' },
      }),
  },
  'the API of a school': {
    isReportedByAlpha: true,
    withdraw: ({ system, deliveryId, headers }) =>
      system.api.call('POST', '/v1/school/withdrawals', { headers, body: { deliveryId, scope: 'all-schools' } }),
  },
  staff: {
    withdraw: ({ system }) =>
      system.api.staff('POST', '/v1/ops/suppressions', { body: { ...ada, reason: 'By phone.' } }),
  },
}
const cases = Object.keys(doors).flatMap((doorName) => (['before', 'after'] as const).map((dies) => [doorName, dies]))

describe('a withdrawal during which the processes die', () => {
  it.each(cases)(
    'is recorded completely or not at all, and is completed by the workers: %s, %s any write',
    async (doorName, dies) => {
      const door = findDoor(doorName)
      const results = new Set<string>()
      let failAtWrite = 0
      for (; ; failAtWrite++) {
        const { fixture, status, hasDied } = await withdrawAndDie(door, failAtWrite, toDeath(dies))
        const [recordedCount, actionCount] = [await countSuppressions(fixture), await countAuditEntries(fixture)]
        expect(actionCount, `audit entries of a death at write ${failAtWrite}`).toBe(recordedCount)
        if (status < 300) expect(recordedCount).toBe(1)
        await runWorkers(fixture.system)
        await (recordedCount === 0 ? expectUntouched(fixture) : expectWithdrawn(fixture, door))
        results.add(recordedCount === 0 ? 'not at all' : 'completely')
        if (!hasDied) break
      }
      expect(failAtWrite).toBeGreaterThan(5)
      expect(results).toContain('completely')
      if (dies === 'before') expect(results).toContain('not at all')
    },
  )

  it.each(cases)('is complete after the same request is sent again: %s, %s any write', async (doorName, dies) => {
    const door = findDoor(doorName)
    for (let failAtWrite = 0; ; failAtWrite++) {
      const { fixture, status, hasDied } = await withdrawAndDie(door, failAtWrite, toDeath(dies))
      if (status >= 300) expect((await door.withdraw(fixture)).status).toBeLessThan(300)
      await runWorkers(fixture.system)
      await expectWithdrawn(fixture, door)
      if (!hasDied) break
    }
  })

  it('detects: a withdrawal that no worker continues', async () => {
    const door = findDoor('staff')
    const { fixture } = await withdrawAndDie(door, 1, 'before')
    await door.withdraw(fixture)
    await expect(expectWithdrawn(fixture, door)).rejects.toThrow()
  })
})

function findDoor(name: string | undefined): Door {
  const door = doors[name ?? '']
  if (!door) throw new Error(`There is no door ${name}.`)
  return door
}
const toDeath = (dies: string | undefined): Death => (dies === 'after' ? 'after' : 'before')

/** Alpha has the lead, and Beta will get it tomorrow. */
async function createHalfDeliveredLead() {
  const { life, between } = createFailingEngine()
  const schools = { alpha: {}, beta: { campaign: { hours: tuesdays } } }
  const system = await createTestMarket(schools, { createEngine: (now) => between(memoryEngine(now)) })
  const { receipt, publicReceipt } = await visit(system, 1)
  await deliverDue(system)
  const headers = { authorization: `Bearer ${await system.api.schoolKey('alpha')}` }
  system.api.advanceClock(60)
  const deliveryId = receipt.schools.find(({ schoolId }) => schoolId === 'alpha')?.deliveryId ?? ''
  const withdrawalPath = publicReceipt.withdrawalPath ?? ''
  return { life, system, headers, deliveryId, withdrawalPath, leadId: receipt.leadId }
}

/** Everything dies at the given write of the withdrawal, of the worker or of a notice, and starts again. */
async function withdrawAndDie(door: Door, failAtWrite: number, dies: Death) {
  const fixture = await createHalfDeliveredLead()
  const { life, system } = fixture
  Object.assign(life, { writesLeft: failAtWrite + (dies === 'after' ? 1 : 0), dies })
  const { status } = await door.withdraw(fixture)
  await system.api.continueWithdrawals().catch(() => {})
  await deliverDue(system).catch(() => {})
  const hasDied = life.writesLeft <= 0
  life.writesLeft = Number.POSITIVE_INFINITY
  return { fixture, status, hasDied }
}

/** What the schedules run in two days: the second pass of a withdrawal, expired leases, and what comes due. */
async function runWorkers(system: TestSystem) {
  for (const seconds of [1, 121, 86_400, 86_400]) {
    system.api.advanceClock(seconds)
    await system.api.continueWithdrawals()
    await deliverDue(system)
    await system.api.offer()
  }
}

async function expectUntouched({ system, leadId }: Fixture) {
  const { deliveries, withdrawals } = await readTimeline(system, leadId)
  expect(deliveries.map(({ schoolId, state }) => `${schoolId} ${state}`)).toEqual(['alpha delivered', 'beta delivered'])
  expect(withdrawals).toEqual([])
}

async function expectWithdrawn({ system, leadId }: Fixture, { isReportedByAlpha }: Door) {
  const { deliveries, withdrawals } = await readTimeline(system, leadId)
  const outcomes = deliveries.map(({ schoolId, state, withdrawnAt }) => [schoolId, state, withdrawnAt !== undefined])
  expect(outcomes).toEqual([
    ['alpha', 'delivered', true],
    ['beta', 'dead', true],
  ])
  expect(withdrawals.length).toBeGreaterThan(0)
  const { requests } = system.api.webhooks
  expect(requests.filter(({ url }) => url.includes('beta'))).toEqual([])
  const notices = requests.filter(({ body }) => body.includes('consent.withdrawn'))
  expect(new Set(notices.map(({ headers }) => headers['webhook-id'])).size).toBe(isReportedByAlpha ? 0 : 1)
}

async function countSuppressions({ system }: Fixture): Promise<number> {
  const { body } = await system.api.staff('POST', '/v1/ops/suppressions/searches', { body: { email: ada.email } })
  return searchSuppressions.responses[200].body.parse(body).suppressions.length
}

async function countAuditEntries({ system }: Fixture): Promise<number> {
  const { text } = await system.api.staff('GET', '/v1/ops/audit')
  return text.match(/"action":"consent.withdrawn"/g)?.length ?? 0
}
