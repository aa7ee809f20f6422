import { describe, expect, it } from 'vitest'
import { leadReceipt } from '#shared/contract/capture/capture.ts'
import {
  aLead,
  aPerson,
  createServerHeaders,
  postLead,
  putRecord,
  readTrueReceipt,
  requestMatch,
  type TestSystem,
} from '#test/functions/create-test-system.ts'
import { createTestMarket, type SchoolSpec } from '#test/functions/routing/create-test-market.ts'
import { readCounters } from '#test/functions/routing/stored-rows.ts'
import { recordingEngine } from './record-work.ts'

const schoolIds = ['alder', 'birch', 'cedar']
const capped = { caps: [{ period: 'day', limit: 50 }], exclusiveMultiplier: 1 }
const market: { [schoolId: string]: SchoolSpec } = {
  alder: { campaign: capped, school: { caps: [{ period: 'month', limit: 500 }] } },
  birch: { campaign: capped },
  cedar: {},
}

const ada = aPerson(1)
const stranger = aPerson(900)

/** Makes the person of the next lead known in one way. */
const waysToBeKnown: { [who: string]: (system: TestSystem) => Promise<unknown> } = {
  'has a lead at one of the schools': (system) => sendLead(system, { schoolIds: ['alder'] }),
  'has a lead at every school': (system) => sendLead(system),
  'is known by phone alone': (system) => sendLead(system, { contact: aPerson(2, { phone: ada.phone }) }),
  'must not be contacted, by email': (system) => suppress(system, { email: ada.email }),
  'must not be contacted, by phone': (system) => suppress(system, { phone: ada.phone }),
  'was sent by this source before': async (system) => {
    await putRecord(system.api, 'sources', 'landing', {
      name: 'Landing page',
      mode: 'live',
      duplicates: { keys: 'any', windowDays: 30 },
    })
    return sendLead(system, { schoolIds: ['cedar'] })
  },
  'looks like a bot': async () => {},
  'uses a form token again': async () => {},
}

describe('a page that sends the lead of a person who', () => {
  it.each(Object.entries(waysToBeKnown))('%s learns nothing of it from the response', async (who, makeKnown) => {
    const { person, unknown, system, trueReceipt } = await compare(who, makeKnown, market)
    expect(person.response).toEqual(unknown.response)
    expect(person.receipt.schools.map(({ schoolId }) => schoolId)).toEqual(schoolIds)
    expect(trueReceipt.schools.length).toBeLessThan(3)
    const realIds = trueReceipt.schools.map(({ deliveryId }) => deliveryId)
    for (const { schoolId, deliveryId } of person.receipt.schools) {
      if (realIds.includes(deliveryId)) continue
      const headers = { authorization: `Bearer ${await system.api.schoolKey(schoolId)}` }
      const paths = [`/v1/school/deliveries/${deliveryId}`, `/v1/school/leads/${deliveryId}`]
      for (const path of paths) expect((await system.api.call('GET', path, { headers })).status).toBe(404)
      expect((await system.api.staff('POST', `/v1/ops/deliveries/${deliveryId}/replay`)).status).toBe(404)
      await system.api.deliver(deliveryId)
    }
    expect(system.api.webhooks.requests).toEqual([])
  })

  const everyWayOnEachEngine = [false, true].flatMap((billsBytes) =>
    Object.entries(waysToBeKnown).map(([who, makeKnown]) => ({ who, makeKnown, billsBytes })),
  )
  it.each(everyWayOnEachEngine)(
    '$who causes as many reads and writes of the same size (billed by the kilobyte: $billsBytes)',
    async ({ who, makeKnown, billsBytes }) => {
      const { person, unknown } = await compare(who, makeKnown, market, { billsBytes })
      expect(person.work.calls).toEqual(unknown.work.calls)
      expect(person.work.writes).toBe(unknown.work.writes)
      expect(Math.abs(person.work.bytes - unknown.work.bytes) / unknown.work.bytes).toBeLessThan(0.03)
      expect(person.pointers).toBe(unknown.pointers)
    },
  )

  it('has a lead at an exclusive school causes as many reads and writes, although several others get the lead', async () => {
    const exclusive = { ...market, alder: { campaign: { ...capped, sharing: 'exclusive' } } }
    const { person, unknown, trueReceipt } = await compare(
      'has a lead at one of the schools',
      (system) => sendLead(system, { schoolIds: ['alder'] }),
      exclusive,
    )
    expect(trueReceipt.schools.map(({ schoolId }) => schoolId)).toEqual(['birch', 'cedar'])
    expect(person.response).toEqual(unknown.response)
    expect({ ...person.work, bytes: 0 }).toEqual({ ...unknown.work, bytes: 0 })
  })

  it('withdrew before and agrees again gets the same response after as much work, and the lead goes out', async () => {
    const { person, unknown, trueReceipt } = await compare(
      '',
      (system) => withdraw(system, { phone: ada.phone }),
      market,
    )
    expect(person.response).toEqual(unknown.response)
    expect({ ...person.work, bytes: 0 }).toEqual({ ...unknown.work, bytes: 0 })
    expect(trueReceipt.schools).toHaveLength(3)
  })

  it('gets the same receipt with a test lead', async () => {
    const source = { mode: 'test' }
    const { person, unknown } = await compare('', (system) => suppress(system, { phone: ada.phone }), market, {
      source,
    })
    expect(person.response).toEqual(unknown.response)
    expect({ ...person.work, bytes: 0 }).toEqual({ ...unknown.work, bytes: 0 })
  })

  it('repeats the bytes of the first receipt', async () => {
    const system = await createTestMarket(market)
    await suppress(system, { phone: ada.phone })
    const body = aLead(await requestMatch(system), 1)
    const [first, again] = [await postLead(system, body, key('same')), await postLead(system, body, key('same'))]
    expect([again.text, again.headers['idempotency-replayed']]).toEqual([first.text, 'true'])
  })

  it('takes no cap and no turn for a school that only the receipt shows', async () => {
    const system = await createTestMarket(market, { source: { method: 'round-robin' } })
    await suppress(system, { phone: ada.phone })
    await sendLead(system)
    for (const owner of ['campaigns#alder', 'campaigns#birch', 'campaigns#cedar', 'schools#alder'])
      expect(await readCounters(system.api, owner)).toEqual({})
  })

  it('shows a full cap to everyone alike', async () => {
    const full = { ...market, alder: { campaign: { caps: [{ period: 'day', limit: 1 }] } } }
    const fill = (system: TestSystem) => sendLead(system, { contact: aPerson(5) })
    const { person, unknown } = await compare('', (system) => suppress(system, { phone: ada.phone }), full, {}, fill)
    expect(person.receipt.schools.map(({ schoolId }) => schoolId)).toEqual(['birch', 'cedar'])
    expect(person.response).toEqual(unknown.response)
  })
})

describe('a publisher’s server', () => {
  it('is told the truth about its own lead, which shows that the comparison detects a difference', async () => {
    const { person, unknown } = await compare('', (system) => sendLead(system), market, { server: true })
    expect(person.response).not.toEqual(unknown.response)
    expect(person.receipt).toMatchObject({ outcome: 'duplicate', schools: [] })
    expect(person.work.writes).not.toBe(unknown.work.writes)
  })
})

type Comparison = { source?: object; server?: boolean; billsBytes?: boolean }

/** Sends the lead of a person who is known and that of a stranger in two systems that are otherwise alike. */
async function compare(
  who: string,
  makeKnown: (system: TestSystem) => Promise<unknown>,
  schools: { [schoolId: string]: SchoolSpec },
  { source, server = false, billsBytes = false }: Comparison = {},
  prepare: (system: TestSystem) => Promise<unknown> = async () => {},
) {
  const measure = async (contact: typeof ada) => {
    const { createEngine, record } = recordingEngine({ billsBytes })
    const system = await createTestMarket(schools, { createEngine, source: { abuse: 'enforce', ...source } })
    await prepare(system)
    await makeKnown(system)
    const match = await requestMatch(system)
    const form = { website: contact === ada && who === 'looks like a bot' ? 'x' : '', formToken: match.formToken }
    if (contact === ada && who === 'uses a form token again')
      await sendLead(system, { ...form, contact: aPerson(77), schoolIds: ['alder'] })
    system.api.advanceClock(60)
    system.api.queue.pointers.length = 0
    const headers = server ? await createServerHeaders(system) : {}
    let response: Awaited<ReturnType<typeof postLead>> | undefined
    const work = await record(async () => {
      response = await postLead(system, aLead(match, 1, { contact, ...(server ? {} : form) }), {
        ...key('it'),
        ...headers,
      })
    })
    if (!response) throw new Error('Nothing was sent.')
    const receipt = leadReceipt.parse(response.body)
    return { system, work, receipt, response: withoutIds(response), pointers: system.api.queue.pointers.length }
  }
  const [person, unknown] = [await measure(ada), await measure(stranger)]
  const trueReceipt = await readTrueReceipt(person.system, person.receipt.leadId)
  return { person, unknown, system: person.system, trueReceipt }
}

/** The whole response, with letters for random ids and the signature of the lead's ID, so that also the number of bytes counts. */
function withoutIds({ status, headers, text }: Awaited<ReturnType<typeof postLead>>) {
  const shape = (value: string) =>
    value
      .replace(/\b(lead|dlv|frm|req)_[A-Za-z0-9_-]{22}(?![A-Za-z0-9_-])/g, '$1_')
      .replace(/(\/lead_\.)[A-Za-z0-9_-]{43}"/, '$1signature"')
  const shapedHeaders = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, shape(value)]))
  return { status, headers: shapedHeaders, text: shape(text), length: text.length }
}

let sent = 0

async function sendLead(system: TestSystem, fields: { [field: string]: unknown } = {}) {
  sent += 1
  const response = await postLead(system, aLead(await requestMatch(system), 1, fields), key(`earlier-${sent}`))
  if (response.status !== 201) throw new Error(response.text)
}

function withdraw({ api, sourceKey }: TestSystem, body: object) {
  return api.call('POST', '/v1/consents/withdrawals', { headers: { 'x-source-key': sourceKey }, body })
}

/** New consent does not count until staff lift it. */
function suppress({ api }: TestSystem, person: object) {
  const body = { ...person, basis: 'do-not-contact', reason: 'A legal demand.' }
  return api.staff('POST', '/v1/ops/suppressions', { body })
}

function key(name: string) {
  return { 'idempotency-key': name }
}
