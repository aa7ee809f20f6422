import { describe, expect, it } from 'vitest'
import { aPerson, putRecord } from '#test/functions/create-test-system.ts'
import {
  buildCampaign,
  createTestMarket,
  getReceiptSchoolIds,
  readTimeline,
  readVerdicts,
  visit,
} from './create-test-market.ts'

const day = 86_400

describe('a person who comes again', () => {
  it.each([
    ['any', { email: 'new@mail.example' }, false],
    ['any', { phone: '(512) 789-2222' }, false],
    ['any', { email: 'new@mail.example', phone: '(512) 789-2222' }, true],
    ['both', { email: 'new@mail.example' }, true],
    ['both', {}, false],
    ['email', { email: 'new@mail.example' }, true],
    ['phone', { email: 'new@mail.example' }, false],
    ['none', {}, true],
  ])('is matched by %s with %o: accepted again is %s', async (keys, contactFields, isAccepted) => {
    const duplicates = { keys, windowDays: 10 }
    const system = await createTestMarket({ alder: { school: { duplicates } } })
    await visit(system, 1)
    const { receipt } = await visit(system, 1, { contact: aPerson(1, contactFields) })
    expect(receipt.outcome).toBe(isAccepted ? 'accepted' : 'duplicate')
    if (!isAccepted) expect(await readVerdicts(system, receipt.leadId)).toEqual({ alder: 'DUPLICATE_SCHOOL' })
  })

  it('is no duplicate for another school, nor for the same school after its window', async () => {
    const system = await createTestMarket({
      alder: { school: { duplicates: { keys: 'any', windowDays: 10 } } },
      birch: {},
    })
    await visit(system, 1, {}, {}, ['alder'])
    expect(getReceiptSchoolIds(await visit(system, 1))).toEqual(['birch'])
    system.api.advanceClock(10 * day - 1)
    expect(getReceiptSchoolIds(await visit(system, 1))).toEqual([])
    system.api.advanceClock(1)
    expect(getReceiptSchoolIds(await visit(system, 1))).toEqual(['alder'])
  })

  it('is saved as duplicate and not offered again if the source refuses duplicates', async () => {
    const source = { duplicates: { keys: 'email', windowDays: 30 } }
    const system = await createTestMarket({ alder: {}, birch: {} }, { source })
    await visit(system, 1, {}, {}, ['alder'])
    const { receipt } = await visit(system, 1)
    expect(receipt).toMatchObject({ outcome: 'duplicate', schools: [] })
    expect(await readVerdicts(system, receipt.leadId)).toEqual({ alder: 'DUPLICATE', birch: 'DUPLICATE' })
    expect((await readTimeline(system, receipt.leadId)).offerAt).toBeUndefined()
  })

  it('is sold once to each school if two forms are sent at once', async () => {
    const system = await createTestMarket({ alder: {}, birch: {} })
    const both = await Promise.all([visit(system, 1), visit(system, 1)])
    expect(both.flatMap(getReceiptSchoolIds).sort()).toEqual(['alder', 'birch'])
  })
})

describe('consent', () => {
  it('prevents a sale to a school that it did not name, at any price', async () => {
    const system = await createTestMarket({
      alder: {},
      rich: { campaign: { priceCents: 99_000_000, status: 'paused' } },
    })
    const addRichCampaign = async () => {
      await putRecord(system.api, 'campaigns', 'rich', buildCampaign('rich', { priceCents: 99_000_000, priority: 0 }))
    }
    const { receipt } = await visit(system, 1, {}, {}, undefined, addRichCampaign)
    expect(await readVerdicts(system, receipt.leadId)).toEqual({ alder: 'taken', rich: 'SCHOOL_NOT_NAMED_IN_CONSENT' })
  })
})
