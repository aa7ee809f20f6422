import { describe, expect, inject, it } from 'vitest'
import { leadReceipt } from '#shared/contract/capture/capture.ts'
import { listSourceCaps, readOwnSource } from '#shared/contract/routing/source-caps.ts'
import { partsPerLead } from '#shared/domain/routing/source/source-limits.ts'
import type { TestApiOptions } from '#test/create-test-api.ts'
import { describeUnless } from '#test/describe-unless.ts'
import {
  aLead,
  createServerHeaders,
  postLead,
  putRecord,
  requestMatch,
  type TestSystem,
} from '#test/functions/create-test-system.ts'
import {
  advanceTime,
  createTestMarket,
  deliverDue,
  explainVerdicts,
  getReceiptSchoolIds,
  readTimeline,
  readVerdicts,
  setRejectingSchools,
  visit,
} from '#test/functions/routing/create-test-market.ts'
import { withLatency, withNaiveCaps } from '#test/functions/routing/faulty-engines.ts'
import { openDynamodb } from '#test/functions/routing/open-dynamodb.ts'
import { readCounters } from '#test/functions/routing/stored-rows.ts'
import { memoryEngine } from '#test/memory-engine.ts'

const source = (more: object) => ({ source: { timeZone: 'America/New_York', maxSales: 3, ...more } })
const dailyCap = (limit: number) => source({ caps: [{ period: 'day', limit }] })
const readParts = async ({ api }: TestSystem) => Object.values(await readCounters(api, 'sources#landing'))

describe('a cap of a source', () => {
  it('counts a lead to several schools once, in the time zone of the source', async () => {
    const system = await createTestMarket({ alder: {}, birch: {}, cedar: {} }, dailyCap(2))
    expect(getReceiptSchoolIds(await visit(system, 1))).toEqual(['alder', 'birch', 'cedar'])
    expect(getReceiptSchoolIds(await visit(system, 2))).toEqual(['alder', 'birch', 'cedar'])
    expect(await readCounters(system.api, 'sources#landing')).toEqual({
      'leads-day#2026-11-23T05:00:00.000Z': 2 * partsPerLead,
    })
  })

  it('keeps a lead beyond it as unmatched, with SOURCE_RULE and the cap in words', async () => {
    const system = await createTestMarket({ alder: {} }, dailyCap(1))
    const match = await requestMatch(system)
    await visit(system, 1)
    const response = await postLead(system, aLead(match, 2), { 'idempotency-key': 'beyond' })
    expect(response.status).toBe(201)
    const { leadId, outcome } = leadReceipt.parse(response.body)
    expect(outcome).toBe('unmatched')
    const { decisions } = await readTimeline(system, leadId)
    expect(decisions[0]?.verdicts).toEqual([
      expect.objectContaining({ reason: 'SOURCE_RULE', detail: 'A cap of the source is reached: 1 lead per day.' }),
    ])
    expect(await explainVerdicts(system)).toEqual({ alder: 'SOURCE_RULE' })
  })

  it('does not sell the lead another day, and takes leads again when the next day begins', async () => {
    const system = await createTestMarket({ alder: {} }, dailyCap(1))
    const match = await requestMatch(system)
    await visit(system, 1)
    const beyond = await postLead(system, aLead(match, 2), { 'idempotency-key': 'beyond' })
    await advanceTime(system, 86_400)
    expect(await readVerdicts(system, leadReceipt.parse(beyond.body).leadId)).toEqual({ alder: 'SOURCE_RULE' })
    expect(getReceiptSchoolIds(await visit(system, 3))).toEqual(['alder'])
  })

  it('gets back the part of each school that rejects the lead, and all of it if all do', async () => {
    const system = await createTestMarket({ alder: {}, birch: {} }, dailyCap(1))
    const { receipt } = await visit(system, 1)
    setRejectingSchools(system, 'alder')
    await deliverDue(system)
    expect(await readParts(system)).toEqual([partsPerLead / 2])
    await advanceTime(system, 60)
    expect(await readParts(system)).toEqual([partsPerLead / 2])
    expect(await readVerdicts(system, receipt.leadId)).toMatchObject({ alder: 'SCHOOL_REJECTED' })
  })

  it('sells a lead beyond it later if one of its day is given back', async () => {
    const system = await createTestMarket(
      { alder: {}, birch: {} },
      { source: { maxSales: 1, caps: [{ period: 'day', limit: 1 }] } },
    )
    const match = await requestMatch(system)
    await visit(system, 1, {}, {}, ['alder'])
    const beyond = leadReceipt.parse((await postLead(system, aLead(match, 2), { 'idempotency-key': 'b' })).body)
    expect(beyond.outcome).toBe('unmatched')
    setRejectingSchools(system, 'alder')
    await deliverDue(system)
    expect(await readParts(system)).toEqual([0])
    setRejectingSchools(system)
    await advanceTime(system, 86_400)
    expect(Object.values(await readVerdicts(system, beyond.leadId))).toContain('taken')
    expect(await readParts(system)).toEqual([partsPerLead])
  })

  it('does not count test leads, which it lets through when it is full', async () => {
    const system = await createTestMarket({ alder: {} }, dailyCap(0))
    const match = await requestMatch(system)
    const headers = { ...(await createServerHeaders(system)), 'idempotency-key': 'test' }
    const response = await postLead(system, aLead(match, 1, { test: true }), headers)
    expect(response.status).toBe(201)
    expect(await readParts(system)).toEqual([])
  })

  it('counts on if it is removed and set again, and if the time zone of the source changes', async () => {
    const system = await createTestMarket({ alder: {} }, dailyCap(2))
    const write = (fields: object) =>
      putRecord(system.api, 'sources', 'landing', {
        name: 'Landing',
        mode: 'live',
        timeZone: 'America/New_York',
        ...fields,
      })
    await visit(system, 1)
    await write({})
    await visit(system, 2)
    await write({ caps: [{ period: 'day', limit: 2 }] })
    expect(await explainVerdicts(system)).toEqual({ alder: 'SOURCE_RULE' })
    await write({ caps: [{ period: 'day', limit: 2 }], timeZone: 'Asia/Tokyo' })
    expect(await explainVerdicts(system)).toEqual({ alder: 'SOURCE_RULE' })
  })

  it('is refused if two have one period', async () => {
    const { api } = await createTestMarket({ alder: {} })
    const caps = [1, 2].map((limit) => ({ period: 'day', limit }))
    const response = await api.staff('PUT', '/v1/ops/sources/other', { body: { name: 'Other', mode: 'live', caps } })
    expect(response).toMatchObject({ status: 422, body: { errors: [{ pointer: '/caps/1/period' }] } })
  })
})

describe('the hours of a source', () => {
  // The clock of the tests stands at 15:00 UTC on a Monday: 10:00 in New York.
  const open = (from: string, to: string) =>
    source({ hours: { open: [{ days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'], from, to }] } })

  it('let leads through while they last, and keep others as unmatched', async () => {
    const system = await createTestMarket({ alder: {} }, open('00:00', '24:00'))
    expect(getReceiptSchoolIds(await visit(system, 1))).toEqual(['alder'])
    await system.api.advanceClock(5 * 86_400)
    const { receipt, match } = await visit(system, 2)
    expect([receipt.outcome, match.schools]).toEqual(['unmatched', []])
    const { decisions } = await readTimeline(system, receipt.leadId)
    expect(decisions[0]?.verdicts).toEqual([
      expect.objectContaining({ reason: 'SOURCE_RULE', detail: 'The lead came outside the hours of the source.' }),
    ])
  })
})

describe('the usage of the caps of a source', () => {
  it('is shown to staff and to the source itself, in leads', async () => {
    const system = await createTestMarket({ alder: {}, birch: {} }, dailyCap(3))
    await putRecord(system.api, 'sources', 'unlimited', { name: 'Unlimited', mode: 'live' })
    await visit(system, 1)
    await visit(system, 2)
    setRejectingSchools(system, 'alder')
    await deliverDue(system)
    const usage = { period: 'day', limit: 3, used: 1, endsAt: '2026-11-24T05:00:00.000Z' }
    const staffView = await system.api.staff('GET', '/v1/ops/source-caps')
    expect(listSourceCaps.responses[200].body.parse(staffView.body).sources).toEqual([
      expect.objectContaining({ sourceId: 'landing', open: true, caps: [expect.objectContaining(usage)] }),
    ])
    const headers = await createServerHeaders(system)
    const ownView = await system.api.call('GET', '/v1/publisher/source', { headers })
    expect(readOwnSource.responses[200].body.parse(ownView.body)).toMatchObject({
      sourceId: 'landing',
      timeZone: 'America/New_York',
      caps: [usage],
    })
  })
})

describe('leads at once against a cap of their source', () => {
  const createSqlite = (now: () => Date) => withLatency(memoryEngine(now))

  it('are sold exactly as many times as it allows', async () => {
    expect(await rush({ leads: 60, cap: 20 }, { createEngine: createSqlite })).toEqual({ accepted: 20, parts: [20] })
  })

  it('detects: a cap that is read and then written', async () => {
    const createEngine = (now: () => Date) => withNaiveCaps(createSqlite(now))
    expect((await rush({ leads: 60, cap: 20 }, { createEngine })).accepted).toBeGreaterThan(20)
  })
})

const { endpoint, missing } = inject('dynamodbLocal')
describeUnless(missing, 'leads at once against a cap of their source on DynamoDB', () => {
  it('are sold exactly as many times as it allows', async () => {
    const { createEngine, close } = await openDynamodb(endpoint)
    const result = await rush({ leads: 20, cap: 5 }, { createEngine }).finally(close)
    expect(result).toEqual({ accepted: 5, parts: [5] })
  }, 120_000)
})

/** Sends leads at once, each again while it is asked to, and counts what was sold and what the counter says, in leads. */
async function rush({ leads, cap }: { leads: number; cap: number }, foundations: TestApiOptions) {
  const system = await createTestMarket({ alder: {}, birch: {} }, { ...foundations, ...dailyCap(cap) })
  const match = await requestMatch(system)
  const outcomes = await Promise.all(
    Array.from({ length: leads }, async (_, number) => {
      for (;;) {
        const response = await postLead(system, aLead(match, number), { 'idempotency-key': `rush-${number}` })
        if (response.status === 201) return leadReceipt.parse(response.body).outcome
        if (response.status !== 503) throw new Error(`Lead ${number} was refused: ${response.text}`)
      }
    }),
  )
  const parts = await readParts(system)
  return {
    accepted: outcomes.filter((outcome) => outcome === 'accepted').length,
    parts: parts.map((count) => count / partsPerLead),
  }
}
