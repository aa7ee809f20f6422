import { beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { dispositions, findDisposition } from '#shared/domain/aftercare/disposition.ts'
import { dispositionOrder, emptyDeliveryFigures } from '#shared/domain/reporting/figures.ts'
import { aCampaign, aSchool, putRecord } from '#test/functions/create-test-system.ts'
import { aBuyer, type Buyer, readLog } from '#test/functions/returns/return-fixture.ts'

const dispositionCodes = [
  { code: 'ADM', disposition: 'admitted' },
  { code: 'started', disposition: 'application-started' },
]

describe('the outcomes of a lead', () => {
  let buyer: Buyer
  const asSchool = (path: string, body: object) => {
    const headers = { authorization: `Bearer ${buyer.key}` }
    return buyer.town.api.call('POST', path, { headers, body })
  }
  const record = (body: object) => asSchool(`/v1/school/deliveries/${buyer.deliveryId}/dispositions`, body)

  beforeAll(async () => {
    buyer = await aBuyer()
    await buyer.deliver()
    await putRecord(buyer.town.api, 'schools', 'alder', aSchool({ name: 'Alder College', dispositionCodes }))
  })

  it('can be any word of the vocabulary, with the term that it is for', async () => {
    for (const disposition of Object.keys(dispositions).filter((word) => word !== 'opted-out'))
      expect((await record({ disposition, term: 'Fall 2027' })).status, disposition).toBe(201)
    const { dispositions: stored } = await readLog(buyer)
    expect(stored.map(({ disposition, term }) => [disposition, term])).toContainEqual(['graduated', 'Fall 2027'])
  })

  it('can be reported by a code of the school’s own, which says what it means here', async () => {
    expect((await record({ code: 'adm', note: 'By code.' })).body).toMatchObject({ disposition: 'admitted' })
    expect((await record({ code: 'STARTED', at: buyer.town.api.clock.now.toISOString() })).body).toMatchObject({
      disposition: 'application-started',
    })
  })

  it.each([
    ['an unknown code', { code: 'XYZ' }, '/code'],
    ['a code and a word', { code: 'ADM', disposition: 'admitted' }, '/code'],
    ['neither', {}, '/disposition'],
    ['an unknown word', { disposition: 'matriculated' }, '/disposition'],
  ])('are refused with %s', async (_, body, pointer) => {
    const response = await record(body)
    expect(response.status).toBe(422)
    expect(response.body).toMatchObject({ errors: [{ pointer }] })
  })

  it('are checked row by row in a list, by code too, and nothing is recorded by a dry run', async () => {
    const { deliveryId } = buyer
    const before = (await readLog(buyer)).dispositions.length
    const rows = [
      { deliveryId, code: 'ADM', term: 'Spring 2028' },
      { deliveryId, code: 'nothing we know' },
      { deliveryId, disposition: 'enrolled' },
    ]
    const response = await asSchool('/v1/school/dispositions', { rows, dryRun: true })
    expect(response.body).toMatchObject({ recorded: 2, errors: [{ row: 2, code: 'INVALID_REQUEST' }] })
    expect((await readLog(buyer)).dispositions).toHaveLength(before)
  })
})

describe('the vocabulary of outcomes', () => {
  it('has an order from the first call to the degree, which reports follow', () => {
    expect(dispositionOrder).toEqual(Object.keys(dispositions))
    expect(Object.keys(emptyDeliveryFigures.furthest)).toEqual(Object.keys(dispositions))
    const rank = (word: (typeof dispositionOrder)[number]) => dispositionOrder.indexOf(word)
    expect(rank('denied')).toBeGreaterThan(rank('applied'))
    expect(rank('denied')).toBeLessThan(rank('admitted'))
  })

  it('understands codes of other systems, and a school’s own code before them', () => {
    expect(findDisposition('Submitted')).toBe('applied')
    expect(findDisposition(' attempted ')).toBe('attempted-contact')
    expect(findDisposition('submitted', [{ code: 'SUBMITTED', disposition: 'qualified' }])).toBe('qualified')
    expect(findDisposition('sold')).toBeUndefined()
  })
})

describe('pay that depends on enrollment', () => {
  const problems = z.object({ errors: z.array(z.object({ pointer: z.string(), detail: z.string() })) })
  const put = async (path: string, body: object) => {
    const { town: system } = await aBuyer()
    const response = await system.api.staff('PUT', path, { body })
    expect(response.status).toBe(422)
    return problems.parse(response.body).errors
  }

  it.each(['pricePerEnrollmentCents', 'enrolmentBonus'])(
    'is refused with the rule that forbids it: %s',
    async (name) => {
      const [fault] = await put('/v1/ops/campaigns/alder', { ...aCampaign({ schoolId: 'alder' }), [name]: 5000 })
      expect(fault).toMatchObject({ pointer: `/${name}`, detail: expect.stringContaining('34 CFR 668.14(b)(22)') })
    },
  )

  it('is refused as a payout of a source too', async () => {
    const payout = { amount: { kind: 'fixed', cents: 5000 }, on: 'enrolled' }
    const [fault] = await put('/v1/ops/sources/landing', { name: 'Landing page', mode: 'live', payout })
    expect(fault).toMatchObject({ pointer: '/payout/on', detail: expect.stringContaining('34 CFR 668.14(b)(22)') })
  })

  it('is not what any other unknown field is taken for', async () => {
    const [fault] = await put('/v1/ops/campaigns/alder', { ...aCampaign({ schoolId: 'alder' }), priceCent: 5000 })
    expect(fault?.detail).toBe('is not a field of this request')
  })
})
