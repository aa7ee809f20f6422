import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Engine } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'
import { aCampaign, aPerson, ask, aTown, enquire, keyOf, send, todaysLeads, write } from '#test/functions/town.ts'
import { memoryEngine } from '#test/memory-engine.ts'
import { bots } from './bots.ts'
import { aForm, aWatchedTown, sendAfter, storyTold } from './forms.ts'
import '#test/builders/seeded.ts'

describe('a program that sends a form', () => {
  it.each(Object.entries(bots))('and %s is kept back, with the reason, and no school hears of it', async (_, bot) => {
    const town = await aWatchedTown()
    await bot.send(town, 1)
    const [{ leadId } = { leadId: '' }] = await todaysLeads(town)
    const { abuse, quarantine, decisions, deliveries, offerAt, outcome } = await storyTold(town, leadId)
    expect(abuse).toMatchObject({ verdict: 'suspicious', reasons: expect.arrayContaining([bot.reason]) })
    expect({ quarantine, decisions, deliveries, offerAt, outcome }).toEqual({
      quarantine: 'held',
      decisions: [],
      deliveries: [],
      offerAt: undefined,
      outcome: 'unmatched',
    })
    expect(town.house.queue.pointers).toEqual([])
  })

  it('hears what anybody hears whom no school would take', async () => {
    const town = await aWatchedTown()
    await write(town.house, 'campaigns', 'tall-grass-tx', aCampaign({ status: 'paused' }))
    await write(
      town.house,
      'campaigns',
      'bay-shore-tx',
      aCampaign({ schoolId: 'bay-shore', programIds: ['bay-shore-hit'], status: 'paused' }),
    )
    const told = async (seconds: number, number: number) => {
      const form = await aForm(town, number)
      town.house.pass(seconds)
      const { status, headers, body } = await send(town, form)
      const { 'x-request-id': _, ...same } = headers
      return { status, headers: same, body: { ...Object(body), leadId: 'lead', receivedAt: 'then' } }
    }
    const person = await told(30, 1)
    expect(await told(0, 2)).toEqual(person)
    expect(person.body).toEqual({ leadId: 'lead', outcome: 'unmatched', schools: [], receivedAt: 'then' })
  })

  it('is kept once for each key, and hears the same again', async () => {
    const town = await aWatchedTown()
    const form = await aForm(town, 1, { website: 'x' })
    const first = await sendAfter(town, 30, form, 'same')
    expect(await sendAfter(town, 30, form, 'same')).toEqual(first)
    expect(await todaysLeads(town)).toHaveLength(1)
  })

  it('takes nothing from a cap and does not stand in the way of the person whose name it used', async () => {
    const town = await aWatchedTown({ duplicates: { keys: 'any', windowDays: 30 } })
    await write(town.house, 'campaigns', 'tall-grass-tx', aCampaign({ caps: [{ period: 'day', limit: 1 }] }))
    await sendAfter(town, 30, await aForm(town, 1, { website: 'x' }))
    expect((await sendAfter(town, 30, await aForm(town, 1))).schools).toHaveLength(2)
  })

  it('is never offered to anybody', async () => {
    const town = await aWatchedTown()
    await sendAfter(town, 30, await aForm(town, 1, { website: 'x' }))
    for (let day = 0; day < 31; day++) {
      town.house.pass(86_400)
      await town.house.offer()
      await town.house.sweep()
    }
    expect(town.house.queue.pointers).toEqual([])
  })
})

describe('a form token', () => {
  it('serves one lead, whoever comes with it at once', async () => {
    const town = await aWatchedTown()
    const form = await aForm(town)
    const forms = [1, 2, 3, 4].map((number) => ({
      ...form,
      contact: aPerson(number),
    }))
    town.house.pass(30)
    const receipts = await Promise.all(forms.map((one, at) => sendAfter(town, 0, one, `at-once-${at}`)))
    expect(receipts.map(({ outcome }) => outcome).toSorted()).toEqual([
      'accepted',
      'unmatched',
      'unmatched',
      'unmatched',
    ])
    const late = receipts.filter(({ outcome }) => outcome === 'unmatched')
    for (const { leadId } of late)
      expect((await storyTold(town, leadId)).abuse).toEqual({
        verdict: 'suspicious',
        score: 100,
        reasons: ['FORM_TOKEN_REUSED'],
      })
  })

  it('is spent by a lead that was kept back, too', async () => {
    const town = await aWatchedTown()
    const form = await aForm(town)
    await sendAfter(town, 1, form)
    const { leadId } = await sendAfter(town, 60, form)
    expect((await storyTold(town, leadId)).abuse?.reasons).toEqual(['FORM_TOKEN_REUSED'])
  })

  it('is not spent by a form that was refused, nor twice by one that is sent again', async () => {
    const town = await aWatchedTown()
    const form = await aForm(town)
    town.house.pass(30)
    const refused = await send(town, { ...form, contact: { ...form.contact, phone: '123 456 789' } })
    expect(refused.status).toBe(422)
    const receipt = await sendAfter(town, 5, form, 'mended')
    expect(receipt.outcome).toBe('accepted')
    expect(await sendAfter(town, 5, form, 'mended')).toEqual(receipt)
  })

  it('of another source is forged, and one that a page got without a key is good', async () => {
    const town = await aWatchedTown()
    const key = keyOf((await write(town.house, 'sources', 'other', { name: 'Other', mode: 'live' })).body)
    const { formToken } = await ask({ ...town, sourceKey: key })
    const strange = await sendAfter(town, 30, await aForm(town, 1, { formToken }))
    expect((await storyTold(town, strange.leadId)).abuse?.reasons).toEqual(['FORM_TOKEN_FORGED'])
    const anyones = await ask({ ...town, sourceKey: '' })
    const good = await sendAfter(town, 30, await aForm(town, 2, { formToken: anyones.formToken }))
    expect((await storyTold(town, good.leadId)).abuse?.reasons).toEqual([])
  })
})

describe('what a source wants of it', () => {
  it.each(Object.entries(bots))('may be to note only that a program %s', async (_, bot) => {
    const town = await aWatchedTown({ abuse: 'observe' })
    await bot.send(town, 1)
    const [{ leadId } = { leadId: '' }] = await todaysLeads(town)
    const { abuse, quarantine, outcome, deliveries } = await storyTold(town, leadId)
    expect(abuse).toMatchObject({ verdict: 'suspicious', reasons: expect.arrayContaining([bot.reason]) })
    expect({ quarantine, outcome, deliveries: deliveries.length }).toEqual({ outcome: 'accepted', deliveries: 2 })
  })

  it('may be nothing at all: then nobody is judged, and no token is spent', async () => {
    const town = await aWatchedTown({ abuse: 'off' })
    const form = await aForm(town, 1, { website: 'x', turnstileToken: 'bought' })
    for (const number of [1, 2]) {
      const { leadId, outcome } = await sendAfter(town, 0, { ...form, contact: aPerson(number) }, `off-${number}`)
      expect({ outcome, abuse: (await storyTold(town, leadId)).abuse }).toEqual({ outcome: 'accepted' })
    }
  })

  it('asks a page that knows no token for none, unless it says so', async () => {
    const town = await aTown()
    const { leadId, outcome } = await enquire(town)
    expect(outcome).toBe('accepted')
    expect((await storyTold(town, leadId)).abuse).toEqual({ verdict: 'clean', score: 0, reasons: [] })
  })

  it('asks a publisher’s server for no token and no Turnstile', async () => {
    const town = await aWatchedTown()
    const { key } = await town.house.keyFor({ caller: 'source', sourceId: 'watched' }, 'server')
    const form = await aForm(town, 1, { formToken: undefined, turnstileToken: undefined })
    const headers = { authorization: `Bearer ${key}`, 'x-source-key': undefined, 'idempotency-key': 'server' }
    expect((await send(town, form, headers)).body).toMatchObject({ outcome: 'accepted' })
  })
})

describe('0 of the bots', () => {
  const most = Number(process.env.BOTS ?? 60)
  const kinds = fc.array(fc.constantFrom(...Object.keys(bots), 'comes again with a token'), {
    minLength: most,
    maxLength: most,
  })

  /** How many deliveries there were, beside those of the people whose tokens were used again. */
  async function delivered(engineOf?: (now: () => Date) => Engine<Table>) {
    const [order = []] = fc.sample(kinds, 1)
    const town = await aWatchedTown({}, engineOf ? { engineOf } : {})
    let number = 0
    let people = 0
    for (const kind of order) {
      number += 1
      const bot = bots[kind]
      if (bot) {
        await bot.send(town, number)
        continue
      }
      const form = await aForm(town, number)
      people += (await sendAfter(town, 30, form, `person-${number}`)).schools.length
      await sendAfter(town, 30, { ...form, contact: aPerson(500 + number) }, `bot-${number}`)
    }
    return town.house.queue.pointers.length - people
  }

  it('reach a school', async () => {
    expect(await delivered()).toBe(0)
  })

  it('would not be, if a token were looked at and not guarded', async () => {
    const unguarded = (now: () => Date): Engine<Table> => {
      const engine = memoryEngine(now)
      const drop = (writes: Parameters<typeof engine.transact>[0]) =>
        writes.filter((write) => !('put' in write && write.put.pk.startsWith('GUARD#form-token#')))
      return { ...engine, transact: (writes) => engine.transact(drop(writes)) }
    }
    expect(await delivered(unguarded)).toBeGreaterThan(0)
  })
})
