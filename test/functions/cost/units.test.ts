import { beforeAll, describe, expect, it } from 'vitest'
import { buildSample } from '#local/sample/build-sample.ts'
import { submitLead } from '#shared/contract/capture/capture.ts'
import { unitBudget } from '#shared/domain/reporting/cost/unit-budget.ts'
import { workers } from '#shared/platform/workers.ts'
import { createTestApi } from '#test/create-test-api.ts'
import {
  aLead,
  career,
  parseKey,
  postLead,
  putRecord,
  readTrueReceipt,
  requestMatch,
  type TestSystem,
} from '#test/functions/create-test-system.ts'
import { webhookResponse } from '#test/functions/house/fakes.ts'
import { memoryEngine } from '#test/memory-engine.ts'
import { meterUnits, type Units } from './unit-meter.ts'

type Operation = keyof typeof unitBudget
const noUnits: Units = { reads: 0, writes: 0, items: {} }

const createMeteredEngine = (meter: { units: Units }) => (now: () => Date) => {
  const { engine, units } = meterUnits(memoryEngine(now))
  meter.units = units
  return engine
}

describe('the request units of an operation on DynamoDB', () => {
  const measured: { [operation: string]: Units } = {}
  beforeAll(async () => Object.assign(measured, await measureUnits()))

  it.each(Object.keys(unitBudget) as Operation[])('stay within the budget of %s', (operation) => {
    const { items, ...units } = measured[operation] ?? { items: {}, reads: Number.NaN, writes: Number.NaN }
    const { reads, writes } = unitBudget[operation]
    console.log(`${operation}: ${units.reads} reads, ${units.writes} writes ${JSON.stringify(items)}`)
    expect(units.reads, `reads of ${operation}`).toBeLessThanOrEqual(reads)
    expect(units.writes, `writes of ${operation}: ${JSON.stringify(items)}`).toBeLessThanOrEqual(writes)
    expect(writes - units.writes, 'The operation became cheaper: lower its budget.').toBeLessThan(2)
  })
})

async function measureUnits() {
  const meter: { units: Units } = { units: noUnits }
  const api = await createTestApi({ createEngine: createMeteredEngine(meter) })
  const system = { api, secret: '', sourceKey: await putSample(api) }
  const measured: { [operation in Operation]?: Units } = {}
  const measure = async <T>(operation: Operation, run: () => Promise<T>): Promise<T> => {
    const before = structuredClone(meter.units)
    const result = await run()
    measured[operation] = subtractUnits(meter.units, before)
    return result
  }

  await measure('an idle sweep', () => api.sweep())
  await measure('an idle offer', () => api.offer())
  await measure('a read of a career', () => api.call('GET', `/v1/careers/${career}`))
  // The first one seals the audit entries of the sample.
  await runWorkersOfMinute(api)
  await measure('an idle minute', () => runWorkersOfMinute(api))
  await measure('a match', () => requestMatch(system))
  await measure('a lead to 1 school', await prepareLead(system, 1))
  await measure('a lead to 5 schools', await prepareLead(system, 5))
  const { leadId } = await measure('a lead to 3 schools', await prepareLead(system, 3))
  const { schools } = await readTrueReceipt(system, leadId)
  const [firstDelivery = '', emailDelivery = '', failingDelivery = ''] = schools.map(({ deliveryId }) => deliveryId)
  await measure('a delivery by webhook', () => api.deliver(firstDelivery))
  await measure('a delivery by email', () => api.deliver(emailDelivery))
  api.webhooks.respond = () => webhookResponse(500)
  await measure('a failed attempt', () => api.deliver(failingDelivery))
  Object.assign(measured, await measurePaidSource())
  measured['all counts of 5 leads'] = await measureCounts(5)
  return measured
}

/** What the payout adds to a lead and to its delivery. */
async function measurePaidSource() {
  const meter: { units: Units } = { units: noUnits }
  const api = await createTestApi({ createEngine: createMeteredEngine(meter) })
  const payout = { amount: { kind: 'fixed', cents: 1500 } }
  const system = { api, secret: '', sourceKey: await putSample(api, { payout }) }
  const send = await prepareLead(system, 3)
  const before = structuredClone(meter.units)
  const { leadId } = await send()
  const leadUnits = subtractUnits(meter.units, before)
  const { schools } = await readTrueReceipt(system, leadId)
  const beforeDelivery = structuredClone(meter.units)
  await api.deliver(schools[0]?.deliveryId ?? '')
  return {
    'a lead to 3 schools of a paid source': leadUnits,
    'a delivery of a paid source': subtractUnits(meter.units, beforeDelivery),
  }
}

async function runWorkersOfMinute(api: TestSystem['api']) {
  await Promise.all([api.sweep(), api.offer(), api.seal(), api.finishPublishing(), api.replay()])
  await Promise.all([api.continueErasures(), api.continueWithdrawals()])
}

/** What this many leads to 3 schools add to the hourly counts until their day is settled, two days later. */
async function measureCounts(leadCount: number): Promise<Units> {
  const [withLeads, without] = await Promise.all([leadCount, 0].map(measureDays))
  return subtractUnits(withLeads ?? noUnits, without ?? noUnits)
}

async function measureDays(leadCount: number): Promise<Units> {
  const meter: { units: Units } = { units: noUnits }
  const api = await createTestApi({ createEngine: createMeteredEngine(meter) })
  const system = { api, secret: '', sourceKey: await putSample(api) }
  const { pastDaysEverySeconds } = workers['roll-up']
  const count = async () => {
    await api.rollUp(pastDaysEverySeconds)
    await api.reconcile(workers.reconcile.pastDaysEverySeconds)
  }
  // The counts of the days before the first are not those of these leads.
  await count()
  for (let number = 1; number <= leadCount; number++) {
    const { leadId } = await (await prepareLead(system, 3, number))()
    for (const { deliveryId } of (await readTrueReceipt(system, leadId)).schools) await api.deliver(deliveryId)
  }
  const before = structuredClone(meter.units)
  for (let hour = 0; hour < 2 * 24; hour++) {
    api.advanceClock(3600)
    await count()
  }
  return subtractUnits(meter.units, before)
}

/** Returns what sends the lead: its match is not measured. */
async function prepareLead(system: TestSystem, schoolCount: 1 | 3 | 5, number: number = schoolCount) {
  const match = await requestMatch(system)
  const schoolIds = match.schools.slice(0, schoolCount).map(({ schoolId }) => schoolId)
  return async () => {
    const body = aLead(match, number, { schoolIds })
    const response = await postLead(system, body, { 'idempotency-key': `units-${number}` })
    return submitLead.responses[201].body.parse(response.body)
  }
}

/** Returns the key of the sample's source. */
async function putSample(api: TestSystem['api'], sourceFields: object = {}): Promise<string> {
  let sourceKey = ''
  for (const { kind, id, body } of buildSample({ webhookUrl: 'https://schools.example/leads' })) {
    const response = await putRecord(api, kind, id, kind === 'sources' ? Object.assign({}, body, sourceFields) : body)
    if (kind === 'sources') sourceKey = parseKey(response.body)
  }
  return sourceKey
}

function subtractUnits(after: Units, before: Units): Units {
  const items = Object.entries(after.items).map(([kind, units]) => [kind, units - (before.items[kind] ?? 0)] as const)
  return {
    reads: after.reads - before.reads,
    writes: after.writes - before.writes,
    items: Object.fromEntries(items.filter(([, units]) => units > 0)),
  }
}
