import { describe, expect, it } from 'vitest'
import { aPerson, write } from '#test/functions/town.ts'
import { aMarket, campaignOf, story, takers, verdicts, visit } from './market.ts'

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
  ])('is told by %s with %o: taken again %s', async (keys, changed, again) => {
    const duplicates = { keys, windowDays: 10 }
    const town = await aMarket({ alder: { school: { duplicates } } })
    await visit(town, 1)
    const { receipt } = await visit(town, 1, { contact: aPerson(1, changed) })
    expect(receipt.outcome).toBe(again ? 'accepted' : 'duplicate')
    if (!again) expect(await verdicts(town, receipt.leadId)).toEqual({ alder: 'DUPLICATE_SCHOOL' })
  })

  it('is new to a school that did not have them, and to the same school after its window', async () => {
    const town = await aMarket({ alder: { school: { duplicates: { keys: 'any', windowDays: 10 } } }, birch: {} })
    await visit(town, 1, {}, {}, ['alder'])
    expect(takers(await visit(town, 1))).toEqual(['birch'])
    town.house.pass(10 * day - 1)
    expect(takers(await visit(town, 1))).toEqual([])
    town.house.pass(1)
    expect(takers(await visit(town, 1))).toEqual(['alder'])
  })

  it('is kept and goes to nobody where the source counts over all schools, and is not offered again', async () => {
    const source = { duplicates: { keys: 'email', windowDays: 30 } }
    const town = await aMarket({ alder: {}, birch: {} }, { source })
    await visit(town, 1, {}, {}, ['alder'])
    const { receipt } = await visit(town, 1)
    expect(receipt).toMatchObject({ outcome: 'duplicate', schools: [] })
    expect(await verdicts(town, receipt.leadId)).toEqual({ alder: 'DUPLICATE', birch: 'DUPLICATE' })
    expect((await story(town, receipt.leadId)).offerAt).toBeUndefined()
  })

  it('is taken once by each school where two forms come at once', async () => {
    const town = await aMarket({ alder: {}, birch: {} })
    const both = await Promise.all([visit(town, 1), visit(town, 1)])
    expect(both.flatMap(takers).sort()).toEqual(['alder', 'birch'])
  })
})

describe('consent', () => {
  it('keeps a lead from a school that it did not name, whatever its price', async () => {
    const town = await aMarket({ alder: {}, rich: { campaign: { priceCents: 99_000_000, status: 'paused' } } })
    const arrives = async () => {
      await write(town.house, 'campaigns', 'rich', campaignOf('rich', { priceCents: 99_000_000, priority: 0 }))
    }
    const { receipt } = await visit(town, 1, {}, {}, undefined, arrives)
    expect(await verdicts(town, receipt.leadId)).toEqual({ alder: 'taken', rich: 'SCHOOL_NOT_NAMED_IN_CONSENT' })
  })
})
