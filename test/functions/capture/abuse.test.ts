import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Engine } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'
import {
  aCampaign,
  aPerson,
  createTestSystem,
  listQueuedDeliveries,
  listTodaysLeads,
  parseKey,
  postLead,
  putRecord,
  readTrueReceipt,
  requestMatch,
  submitTestLead,
} from '#test/functions/create-test-system.ts'
import { memoryEngine } from '#test/memory-engine.ts'
import { testSeed } from '#test/test-seed.ts'
import { bots } from './bots.ts'
import { aForm, createStrictSystem, postFormLater, readTimeline } from './forms.ts'
import '#test/builders/seeded.ts'

describe('a bot that sends a form', () => {
  it.each(Object.entries(bots))(
    'holds a bot that %s for review, with the reason, and sends its lead to no school',
    async (_, bot) => {
      const system = await createStrictSystem()
      await bot.send(system, 1)
      const [{ leadId } = { leadId: '' }] = await listTodaysLeads(system)
      const { abuse, quarantine, decisions, deliveries, offerAt, outcome } = await readTimeline(system, leadId)
      expect(abuse).toMatchObject({ verdict: 'suspicious', reasons: expect.arrayContaining([bot.reason]) })
      expect({ quarantine, decisions, deliveries, offerAt, outcome }).toEqual({
        quarantine: 'held',
        decisions: [],
        deliveries: [],
        offerAt: undefined,
        outcome: 'unmatched',
      })
      expect(await listQueuedDeliveries(system)).toEqual([])
    },
  )

  it('answers a bot like a visitor whom no school matches', async () => {
    const system = await createStrictSystem()
    await putRecord(system.api, 'campaigns', 'tall-grass-tx', aCampaign({ status: 'paused' }))
    await putRecord(
      system.api,
      'campaigns',
      'bay-shore-tx',
      aCampaign({ schoolId: 'bay-shore', programIds: ['bay-shore-hit'], status: 'paused' }),
    )
    const respond = async (seconds: number, number: number) => {
      const form = await aForm(system, number)
      system.api.advanceClock(seconds)
      const { status, headers, body } = await postLead(system, form)
      const { 'x-request-id': _, ...same } = headers
      return {
        status,
        headers: same,
        body: { ...Object(body), leadId: 'lead', receivedAt: 'then', withdrawalPath: 'path' },
      }
    }
    const person = await respond(30, 1)
    expect(await respond(0, 2)).toEqual(person)
    expect(person.body).toEqual({
      leadId: 'lead',
      outcome: 'unmatched',
      schools: [],
      receivedAt: 'then',
      withdrawalPath: 'path',
    })
  })

  it('answers a bot like a visitor whom schools match, with deliveries that do not exist', async () => {
    const system = await createStrictSystem()
    const receipt = await postFormLater(system, 0, await aForm(system, 1))
    expect(receipt).toMatchObject({
      outcome: 'accepted',
      schools: [{ schoolId: 'tall-grass' }, { schoolId: 'bay-shore' }],
    })
    expect(await readTrueReceipt(system, receipt.leadId)).toMatchObject({ outcome: 'unmatched', schools: [] })
  })

  it('saves a bot once per key, and repeats the same response', async () => {
    const system = await createStrictSystem()
    const form = await aForm(system, 1, { website: 'x' })
    const first = await postFormLater(system, 30, form, 'same')
    expect(await postFormLater(system, 30, form, 'same')).toEqual(first)
    expect(await listTodaysLeads(system)).toHaveLength(1)
  })

  it('a bot uses no cap and does not block the person whose name it used', async () => {
    const system = await createStrictSystem({ duplicates: { keys: 'any', windowDays: 30 } })
    await putRecord(system.api, 'campaigns', 'tall-grass-tx', aCampaign({ caps: [{ period: 'day', limit: 1 }] }))
    await postFormLater(system, 30, await aForm(system, 1, { website: 'x' }))
    expect((await postFormLater(system, 30, await aForm(system, 1))).schools).toHaveLength(2)
  })

  it('never offers the lead of a bot to a school', async () => {
    const system = await createStrictSystem()
    await postFormLater(system, 30, await aForm(system, 1, { website: 'x' }))
    for (let day = 0; day < 31; day++) {
      system.api.advanceClock(86_400)
      await system.api.offer()
      await system.api.sweep()
    }
    expect(await listQueuedDeliveries(system)).toEqual([])
  })
})

describe('a form token', () => {
  it('accepts one lead per form token when several are sent at once', async () => {
    const system = await createStrictSystem()
    const form = await aForm(system)
    const forms = [1, 2, 3, 4].map((number) => ({
      ...form,
      contact: aPerson(number),
    }))
    system.api.advanceClock(30)
    const receipts = await Promise.all(forms.map((one, at) => postFormLater(system, 0, one, `at-once-${at}`)))
    const trueReceipts = await Promise.all(receipts.map(({ leadId }) => readTrueReceipt(system, leadId)))
    expect(receipts.map(({ outcome }) => outcome)).toEqual(Array(4).fill('accepted'))
    expect(trueReceipts.map(({ outcome }) => outcome).toSorted()).toEqual([
      'accepted',
      'unmatched',
      'unmatched',
      'unmatched',
    ])
    const late = trueReceipts.filter(({ outcome }) => outcome === 'unmatched')
    for (const { leadId } of late)
      expect((await readTimeline(system, leadId)).abuse).toEqual({
        verdict: 'suspicious',
        score: 100,
        reasons: ['FORM_TOKEN_REUSED'],
      })
  })

  it('a lead that is held for review uses up its form token', async () => {
    const system = await createStrictSystem()
    const form = await aForm(system)
    await postFormLater(system, 1, form)
    const { leadId } = await postFormLater(system, 60, form)
    expect((await readTimeline(system, leadId)).abuse?.reasons).toEqual(['FORM_TOKEN_REUSED'])
  })

  it('a form that was refused or is repeated does not use up its token', async () => {
    const system = await createStrictSystem()
    const form = await aForm(system)
    system.api.advanceClock(30)
    const refused = await postLead(system, { ...form, contact: { ...form.contact, phone: '123 456 789' } })
    expect(refused.status).toBe(422)
    const receipt = await postFormLater(system, 5, form, 'mended')
    expect(receipt.outcome).toBe('accepted')
    expect(await postFormLater(system, 5, form, 'mended')).toEqual(receipt)
  })

  it('rejects the form token of another source, and accepts one that a page got without a key', async () => {
    const system = await createStrictSystem()
    const key = parseKey((await putRecord(system.api, 'sources', 'other', { name: 'Other', mode: 'live' })).body)
    const { formToken } = await requestMatch({ ...system, sourceKey: key })
    const forged = await postFormLater(system, 30, await aForm(system, 1, { formToken }))
    expect((await readTimeline(system, forged.leadId)).abuse?.reasons).toEqual(['FORM_TOKEN_FORGED'])
    const anonymous = await requestMatch({ ...system, sourceKey: '' })
    const good = await postFormLater(system, 30, await aForm(system, 2, { formToken: anonymous.formToken }))
    expect((await readTimeline(system, good.leadId)).abuse?.reasons).toEqual([])
  })
})

describe('the abuse setting of a source', () => {
  it.each(Object.entries(bots))('observe: only records that a bot %s', async (_, bot) => {
    const system = await createStrictSystem({ abuse: 'observe' })
    await bot.send(system, 1)
    const [{ leadId } = { leadId: '' }] = await listTodaysLeads(system)
    const { abuse, quarantine, outcome, deliveries } = await readTimeline(system, leadId)
    expect(abuse).toMatchObject({ verdict: 'suspicious', reasons: expect.arrayContaining([bot.reason]) })
    expect({ quarantine, outcome, deliveries: deliveries.length }).toEqual({ outcome: 'accepted', deliveries: 2 })
  })

  it('off: assesses no lead and uses up no token', async () => {
    const system = await createStrictSystem({ abuse: 'off' })
    const form = await aForm(system, 1, { website: 'x', turnstileToken: 'bought' })
    for (const number of [1, 2]) {
      const { leadId, outcome } = await postFormLater(system, 0, { ...form, contact: aPerson(number) }, `off-${number}`)
      expect({ outcome, abuse: (await readTimeline(system, leadId)).abuse }).toEqual({ outcome: 'accepted' })
    }
  })

  it('optional form token: accepts a page that sends none', async () => {
    const system = await createTestSystem()
    const { leadId, outcome } = await submitTestLead(system)
    expect(outcome).toBe('accepted')
    expect((await readTimeline(system, leadId)).abuse).toEqual({ verdict: 'clean', score: 0, reasons: [] })
  })

  it('requires no form token and no Turnstile from a publisher’s server', async () => {
    const system = await createStrictSystem()
    const { key } = await system.api.createApiKey({ caller: 'source', sourceId: 'watched' }, 'server')
    const form = await aForm(system, 1, { formToken: undefined, turnstileToken: undefined })
    const headers = { authorization: `Bearer ${key}`, 'x-source-key': undefined, 'idempotency-key': 'server' }
    expect((await postLead(system, form, headers)).body).toMatchObject({ outcome: 'accepted' })
  })
})

describe('the bots', () => {
  const seed = testSeed()
  const botCount = Number(process.env.BOTS ?? 60)
  const kinds = [...Object.keys(bots), 'comes again with a token']
  const orders = fc.array(fc.constantFrom(...kinds), { minLength: botCount, maxLength: botCount })

  /** How many deliveries there were, beside those of the people whose tokens were used again. */
  async function countBotDeliveries(order: readonly string[], createEngine?: (now: () => Date) => Engine<Table>) {
    const system = await createStrictSystem({}, createEngine ? { createEngine } : {})
    let number = 0
    let people = 0
    for (const kind of order) {
      number += 1
      const bot = bots[kind]
      if (bot) {
        await bot.send(system, number)
        continue
      }
      const form = await aForm(system, number)
      const { leadId } = await postFormLater(system, 30, form, `person-${number}`)
      people += (await readTrueReceipt(system, leadId)).schools.length
      await postFormLater(system, 30, { ...form, contact: aPerson(500 + number) }, `bot-${number}`)
    }
    return (await listQueuedDeliveries(system)).length - people
  }

  it('reach no school', async () => {
    const [order = []] = fc.sample(orders, { numRuns: 1, seed })
    expect(await countBotDeliveries(order)).toBe(0)
  })

  it('detects: a form token that is read but not reserved', async () => {
    const withoutTokenMarkers = (now: () => Date): Engine<Table> => {
      const engine = memoryEngine(now)
      const drop = (writes: Parameters<typeof engine.transact>[0]) =>
        writes.filter((write) => !('put' in write && write.put.pk.startsWith('DEDUPE#form-token#')))
      return { ...engine, transact: (writes) => engine.transact(drop(writes)) }
    }
    expect(await countBotDeliveries(kinds, withoutTokenMarkers)).toBeGreaterThan(0)
  })
})
