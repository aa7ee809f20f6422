import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Engine } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'
import {
  aCampaign,
  aPerson,
  createTestSystem,
  listTodaysLeads,
  parseKey,
  postLead,
  putRecord,
  requestMatch,
  submitTestLead,
} from '#test/functions/create-test-system.ts'
import { memoryEngine } from '#test/memory-engine.ts'
import { bots } from './bots.ts'
import { aForm, createStrictSystem, postFormLater, readTimeline } from './forms.ts'
import '#test/builders/seeded.ts'

describe('a program that sends a form', () => {
  it.each(Object.entries(bots))('and %s is kept back, with the reason, and no school hears of it', async (_, bot) => {
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
    expect(system.api.queue.pointers).toEqual([])
  })

  it('hears what anybody hears whom no school would take', async () => {
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
      return { status, headers: same, body: { ...Object(body), leadId: 'lead', receivedAt: 'then' } }
    }
    const person = await respond(30, 1)
    expect(await respond(0, 2)).toEqual(person)
    expect(person.body).toEqual({ leadId: 'lead', outcome: 'unmatched', schools: [], receivedAt: 'then' })
  })

  it('is kept once for each key, and hears the same again', async () => {
    const system = await createStrictSystem()
    const form = await aForm(system, 1, { website: 'x' })
    const first = await postFormLater(system, 30, form, 'same')
    expect(await postFormLater(system, 30, form, 'same')).toEqual(first)
    expect(await listTodaysLeads(system)).toHaveLength(1)
  })

  it('takes nothing from a cap and does not stand in the way of the person whose name it used', async () => {
    const system = await createStrictSystem({ duplicates: { keys: 'any', windowDays: 30 } })
    await putRecord(system.api, 'campaigns', 'tall-grass-tx', aCampaign({ caps: [{ period: 'day', limit: 1 }] }))
    await postFormLater(system, 30, await aForm(system, 1, { website: 'x' }))
    expect((await postFormLater(system, 30, await aForm(system, 1))).schools).toHaveLength(2)
  })

  it('is never offered to anybody', async () => {
    const system = await createStrictSystem()
    await postFormLater(system, 30, await aForm(system, 1, { website: 'x' }))
    for (let day = 0; day < 31; day++) {
      system.api.advanceClock(86_400)
      await system.api.offer()
      await system.api.sweep()
    }
    expect(system.api.queue.pointers).toEqual([])
  })
})

describe('a form token', () => {
  it('serves one lead, whoever comes with it at once', async () => {
    const system = await createStrictSystem()
    const form = await aForm(system)
    const forms = [1, 2, 3, 4].map((number) => ({
      ...form,
      contact: aPerson(number),
    }))
    system.api.advanceClock(30)
    const receipts = await Promise.all(forms.map((one, at) => postFormLater(system, 0, one, `at-once-${at}`)))
    expect(receipts.map(({ outcome }) => outcome).toSorted()).toEqual([
      'accepted',
      'unmatched',
      'unmatched',
      'unmatched',
    ])
    const late = receipts.filter(({ outcome }) => outcome === 'unmatched')
    for (const { leadId } of late)
      expect((await readTimeline(system, leadId)).abuse).toEqual({
        verdict: 'suspicious',
        score: 100,
        reasons: ['FORM_TOKEN_REUSED'],
      })
  })

  it('is spent by a lead that was kept back, too', async () => {
    const system = await createStrictSystem()
    const form = await aForm(system)
    await postFormLater(system, 1, form)
    const { leadId } = await postFormLater(system, 60, form)
    expect((await readTimeline(system, leadId)).abuse?.reasons).toEqual(['FORM_TOKEN_REUSED'])
  })

  it('is not spent by a form that was refused, nor twice by one that is sent again', async () => {
    const system = await createStrictSystem()
    const form = await aForm(system)
    system.api.advanceClock(30)
    const refused = await postLead(system, { ...form, contact: { ...form.contact, phone: '123 456 789' } })
    expect(refused.status).toBe(422)
    const receipt = await postFormLater(system, 5, form, 'mended')
    expect(receipt.outcome).toBe('accepted')
    expect(await postFormLater(system, 5, form, 'mended')).toEqual(receipt)
  })

  it('of another source is forged, and one that a page got without a key is good', async () => {
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

describe('what a source wants of it', () => {
  it.each(Object.entries(bots))('may be to note only that a program %s', async (_, bot) => {
    const system = await createStrictSystem({ abuse: 'observe' })
    await bot.send(system, 1)
    const [{ leadId } = { leadId: '' }] = await listTodaysLeads(system)
    const { abuse, quarantine, outcome, deliveries } = await readTimeline(system, leadId)
    expect(abuse).toMatchObject({ verdict: 'suspicious', reasons: expect.arrayContaining([bot.reason]) })
    expect({ quarantine, outcome, deliveries: deliveries.length }).toEqual({ outcome: 'accepted', deliveries: 2 })
  })

  it('may be nothing at all: then nobody is judged, and no token is spent', async () => {
    const system = await createStrictSystem({ abuse: 'off' })
    const form = await aForm(system, 1, { website: 'x', turnstileToken: 'bought' })
    for (const number of [1, 2]) {
      const { leadId, outcome } = await postFormLater(system, 0, { ...form, contact: aPerson(number) }, `off-${number}`)
      expect({ outcome, abuse: (await readTimeline(system, leadId)).abuse }).toEqual({ outcome: 'accepted' })
    }
  })

  it('asks a page that knows no token for none, unless it says so', async () => {
    const system = await createTestSystem()
    const { leadId, outcome } = await submitTestLead(system)
    expect(outcome).toBe('accepted')
    expect((await readTimeline(system, leadId)).abuse).toEqual({ verdict: 'clean', score: 0, reasons: [] })
  })

  it('asks a publisher’s server for no token and no Turnstile', async () => {
    const system = await createStrictSystem()
    const { key } = await system.api.createApiKey({ caller: 'source', sourceId: 'watched' }, 'server')
    const form = await aForm(system, 1, { formToken: undefined, turnstileToken: undefined })
    const headers = { authorization: `Bearer ${key}`, 'x-source-key': undefined, 'idempotency-key': 'server' }
    expect((await postLead(system, form, headers)).body).toMatchObject({ outcome: 'accepted' })
  })
})

describe('0 of the bots', () => {
  const botCount = Number(process.env.BOTS ?? 60)
  const kinds = fc.array(fc.constantFrom(...Object.keys(bots), 'comes again with a token'), {
    minLength: botCount,
    maxLength: botCount,
  })

  /** How many deliveries there were, beside those of the people whose tokens were used again. */
  async function countBotDeliveries(createEngine?: (now: () => Date) => Engine<Table>) {
    const [order = []] = fc.sample(kinds, 1)
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
      people += (await postFormLater(system, 30, form, `person-${number}`)).schools.length
      await postFormLater(system, 30, { ...form, contact: aPerson(500 + number) }, `bot-${number}`)
    }
    return system.api.queue.pointers.length - people
  }

  it('reach a school', async () => {
    expect(await countBotDeliveries()).toBe(0)
  })

  it('would not be, if a token were looked at and not guarded', async () => {
    const withoutTokenMarkers = (now: () => Date): Engine<Table> => {
      const engine = memoryEngine(now)
      const drop = (writes: Parameters<typeof engine.transact>[0]) =>
        writes.filter((write) => !('put' in write && write.put.pk.startsWith('DEDUPE#form-token#')))
      return { ...engine, transact: (writes) => engine.transact(drop(writes)) }
    }
    expect(await countBotDeliveries(withoutTokenMarkers)).toBeGreaterThan(0)
  })
})
