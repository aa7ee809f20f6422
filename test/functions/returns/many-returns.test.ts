import { describe, expect, inject, it } from 'vitest'
import { decideReturns } from '#shared/contract/aftercare/returns.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { listEntries, schoolAccount } from '#test/functions/ledger/list-entries.ts'
import { getReceiptSchoolIds, visit } from '#test/functions/routing/create-test-market.ts'
import { openDynamodb } from '#test/functions/routing/open-dynamodb.ts'
import { aBuyer, acceptReturn, type Buyer, readLog, readSchoolCounters, requestReturn } from './return-fixture.ts'

/** Three delivered leads of one school; it requested credit for the first two. */
async function threeLeads(...setup: Parameters<typeof aBuyer>) {
  const buyer = await aBuyer(...setup)
  const others = [await visit(buyer.town, 2, {}, {}, ['alder']), await visit(buyer.town, 3, {}, {}, ['alder'])]
  expect(others.map(getReceiptSchoolIds)).toEqual([['alder'], ['alder']])
  await buyer.deliver()
  const deliveryIds = [
    buyer.deliveryId,
    ...others.flatMap(({ receipt }) => receipt.schools.map((one) => one.deliveryId)),
  ]
  for (const deliveryId of deliveryIds.slice(0, 2)) await requestReturn({ ...buyer, deliveryId })
  return { buyer, deliveryIds }
}
const decide = async ({ town }: Buyer, body: object) => {
  const response = await town.api.staff('POST', '/v1/ops/return-decisions', { body })
  return decideReturns.responses[200].body.parse(response.body).results
}
const grant = ({ town, deliveryId }: Pick<Buyer, 'town' | 'deliveryId'>, body: object = { reason: 'duplicate' }) =>
  town.api.staff('POST', `/v1/ops/deliveries/${deliveryId}/return`, { body })
const listKinds = async ({ town }: Buyer) => (await listEntries(town, schoolAccount('alder'))).map(({ kind }) => kind)
const countOf = (kinds: readonly string[], kind: string) => kinds.filter((one) => one === kind).length

describe('a decision about many returns', () => {
  it('decides each with one answer, and says of each that it cannot decide why not', async () => {
    const { buyer, deliveryIds } = await threeLeads()
    const unknown = 'dlv_4fJ0q2mXbW7cT1nZ8yKd5A'
    const request = { decision: 'accept', deliveryIds: [...deliveryIds, unknown], answer: 'You are right.' }
    const results = await decide(buyer, request)
    expect(results).toMatchObject([
      { result: 'decided', return: { state: 'accepted', answer: 'You are right.', decidedBy: { name: 'key 1' } } },
      { result: 'decided', return: { state: 'accepted' } },
      { result: 'refused', code: 'RETURN_NOT_PENDING' },
      { result: 'refused', code: 'NOT_FOUND' },
    ])
    expect(countOf(await listKinds(buyer), 'credit')).toBe(2)
  })

  it('changes nothing when it is sent again, and does not turn another decision around', async () => {
    const { buyer, deliveryIds } = await threeLeads()
    const [first = '', second = ''] = deliveryIds
    const body = { decision: 'accept', deliveryIds: [first] }
    const before = await decide(buyer, body)
    expect(await decide(buyer, body)).toEqual(before)
    const refusals = await decide(buyer, { decision: 'refuse', deliveryIds: [first, second], answer: 'We called.' })
    expect(refusals.map(({ result, code }) => [result, code])).toEqual([
      ['refused', 'RETURN_NOT_PENDING'],
      ['decided', undefined],
    ])
    expect(countOf(await listKinds(buyer), 'credit')).toBe(1)
  })

  it('needs a reason to refuse, and at least one delivery, each once', async () => {
    const { buyer, deliveryIds } = await threeLeads()
    const [first = ''] = deliveryIds
    const faults = [
      [{ decision: 'refuse', deliveryIds: [first] }, '/answer'],
      [{ decision: 'accept', deliveryIds: [] }, '/deliveryIds'],
      [{ decision: 'accept', deliveryIds: [first, first] }, '/deliveryIds'],
    ] as const
    for (const [body, pointer] of faults) {
      const response = await buyer.town.api.staff('POST', '/v1/ops/return-decisions', { body })
      expect(response.status).toBe(422)
      expect(JSON.stringify(response.body)).toContain(pointer)
    }
  })
})

describe('credit without a request', () => {
  it('credits the school, releases what the lead took, and is shown to the school without the person who gave it', async () => {
    const buyer = await aBuyer()
    await buyer.deliver()
    const response = await grant(buyer, {
      reason: 'duplicate',
      answer: 'You had her.',
      evidenceUrl: 'https://crm.example/1',
    })
    expect(response).toMatchObject({
      status: 201,
      body: { state: 'accepted', byStaff: true, creditCents: 4500, decidedBy: { name: 'key 1' } },
    })
    expect(await readSchoolCounters(buyer.town)).toEqual({ 'leads-day': 0, 'cents-total': 0, credit: 0 })
    expect(await listKinds(buyer)).toEqual(['charge', 'credit'])
    const log = await readLog(buyer)
    expect(log.return).toMatchObject({ byStaff: true, answer: 'You had her.', evidenceUrl: 'https://crm.example/1' })
    expect(JSON.stringify(log)).not.toContain('decidedBy')
  })

  it('is given once, however often it is asked for at once', async () => {
    const buyer = await aBuyer()
    await buyer.deliver()
    const statuses = (await Promise.all([1, 2, 3].map(() => grant(buyer)))).map(({ status }) => status)
    expect(statuses.toSorted()).toEqual([200, 200, 201])
    expect(await listKinds(buyer)).toEqual(['charge', 'credit'])
  })

  it('is refused for a lead that is not delivered, and for one that the school asked to return', async () => {
    const buyer = await aBuyer()
    expect(await grant(buyer)).toMatchObject({ status: 409, body: { code: 'NOT_DELIVERED' } })
    await buyer.deliver()
    await requestReturn(buyer)
    expect(await grant(buyer)).toMatchObject({ status: 409, body: { code: 'RETURN_EXISTS' } })
    expect(await acceptReturn(buyer)).toMatchObject({ status: 200 })
    expect(await listKinds(buyer)).toEqual(['charge', 'credit'])
  })
})

describe('the evidence of a request', () => {
  it('is shown to staff, is in the export, and is gone after an erasure', async () => {
    const buyer = await aBuyer()
    await buyer.deliver()
    const evidenceUrl = 'https://calls.example/ada-example.mp3'
    expect(await requestReturn(buyer, { reason: 'fraud', note: '=HYPERLINK("x")', evidenceUrl })).toMatchObject({
      status: 201,
    })
    expect((await buyer.town.api.staff('GET', '/v1/ops/returns')).body).toMatchObject({ returns: [{ evidenceUrl }] })
    const csv = await buyer.town.api.staff('GET', '/v1/ops/returns/csv')
    const [header, row] = csv.text.split('\r\n')
    expect(header).toContain('delivery_id,lead_id,school_id')
    expect(row).toContain(`"'=HYPERLINK(""x"")",${evidenceUrl},requested,no`)
    await buyer.town.api.staff('POST', '/v1/ops/erasures', { body: { leadId: buyer.leadId } })
    const { body } = await buyer.town.api.staff('GET', '/v1/ops/returns')
    expect(body).toMatchObject({ returns: [{ reason: 'fraud' }] })
    expect(JSON.stringify(body)).not.toContain('ada-example')
  })

  it('must be the address of a page', async () => {
    const buyer = await aBuyer()
    await buyer.deliver()
    const response = await requestReturn(buyer, { reason: 'duplicate', evidenceUrl: 'javascript:alert(1)' })
    expect(response).toMatchObject({ status: 422, body: { errors: [{ pointer: '/evidenceUrl' }] } })
  })
})

const { endpoint, missing } = inject('dynamodbLocal')
describeUnless(missing, 'returns at scale on DynamoDB', () => {
  it('are decided once and credited once by two deciders at once', async () => {
    const { createEngine, close } = await openDynamodb(endpoint)
    const { buyer, deliveryIds } = await threeLeads({}, undefined, createEngine)
    const [first = '', second = '', third = ''] = deliveryIds
    const both = [first, second]
    const [accepted, refused] = await Promise.all([
      decide(buyer, { decision: 'accept', deliveryIds: both }),
      decide(buyer, { decision: 'refuse', deliveryIds: both, answer: 'No.' }),
      grant({ ...buyer, deliveryId: third }),
      grant({ ...buyer, deliveryId: third }),
    ])
    const decidedCounts = both.map(
      (_, index) => [accepted, refused].filter((results) => results[index]?.result === 'decided').length,
    )
    expect(decidedCounts).toEqual([1, 1])
    const acceptedCount = accepted.filter(({ result }) => result === 'decided').length
    expect(countOf(await listKinds(buyer), 'credit')).toBe(acceptedCount + 1)
    close()
  }, 120_000)
})
