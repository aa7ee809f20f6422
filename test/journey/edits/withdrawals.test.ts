import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sha256 } from '#shared/platform/digests.ts'
import { type HostJson, type HostResponse, times, until } from './host-calls.ts'
import { type EditedHost, type Market, openEditedHost } from './open-edited-host.ts'

let host: EditedHost
beforeAll(async () => {
  host = await openEditedHost()
})
afterAll(() => host[Symbol.asyncDispose]())

type Visit = Awaited<ReturnType<Market['visit']>>
type Withdraw = (market: Market, visit: Visit) => Promise<HostResponse>
/** `tells`: the notice that the school gets that has the lead; undefined if the person said nothing. */
type Channel = { tells: 'consent.withdrawn' | 'lead.erased' | undefined; withdraw: Withdraw }

const reason = 'A test.'
const toE164 = (phone: string) => `+1${phone.replace(/\D/g, '')}`
const importList = (csv: string, basis: string) => host.staff('POST', '/suppressions/imports', { csv, basis, reason })

const channels: { [name: string]: Channel } = {
  'the link of the visitor': {
    tells: 'consent.withdrawn',
    withdraw: (_, { withdrawalPath }) => host.call('POST', withdrawalPath),
  },
  'the page of the source': {
    tells: 'consent.withdrawn',
    withdraw: ({ pageHeaders, person }) =>
      host.call('POST', '/v1/consents/withdrawals', { headers: pageHeaders, body: { phone: person(1).phone } }),
  },
  'the server of the source, in capitals': {
    tells: 'consent.withdrawn',
    withdraw: async ({ createPublisherKey, person }) =>
      (await createPublisherKey())('POST', '/consents/withdrawals', { email: person(1).email.toUpperCase() }),
  },
  'staff, by lead': {
    tells: 'consent.withdrawn',
    withdraw: (_, { leadId }) => host.staff('POST', '/suppressions', { leadId, reason }),
  },
  'staff, as a person whom no one may contact': {
    tells: 'consent.withdrawn',
    withdraw: ({ person }) =>
      host.staff('POST', '/suppressions', { phone: person(1).phone, basis: 'do-not-contact', reason }),
  },
  'another school that has the lead': {
    tells: 'consent.withdrawn',
    withdraw: async ({ createSchoolKey }, { findDelivery }) =>
      (await createSchoolKey('d'))('POST', '/school/withdrawals', { deliveryId: findDelivery('d') }),
  },
  'the disposition of another school': {
    tells: 'consent.withdrawn',
    withdraw: async ({ createSchoolKey }, { findDelivery }) =>
      (await createSchoolKey('d'))('POST', `/school/deliveries/${findDelivery('d')}/dispositions`, {
        disposition: 'opted-out',
      }),
  },
  'a list in plain text': {
    tells: 'consent.withdrawn',
    withdraw: ({ person }) => importList(`phone\n"${person(1).phone}"\n`, 'withdrawal'),
  },
  'a list of hashed phones': {
    tells: 'consent.withdrawn',
    withdraw: ({ person }) => importList(`phone_sha256\n${sha256(toE164(person(1).phone))}\n`, 'withdrawal'),
  },
  'a list of hashed emails in capitals': {
    tells: 'consent.withdrawn',
    withdraw: ({ person }) => importList(`email_sha256\n${sha256(person(1).email).toUpperCase()}\n`, 'withdrawal'),
  },
  'an erasure': {
    tells: 'lead.erased',
    withdraw: (_, { leadId }) => host.staff('POST', '/erasures', { leadId, withdraw: true }),
  },
}

/** Closed but for a minute of the day after tomorrow, so that leads are parked. */
function buildClosedHours() {
  const day = new Date(Date.now() + 2 * 86_400_000).toLocaleDateString('en-US', { weekday: 'long', timeZone: 'UTC' })
  return { open: [{ days: [day.toLowerCase()], from: '12:00', to: '12:01' }], outside: 'park' }
}

describe.concurrent('a withdrawal', () => {
  it.each(Object.entries(channels))(
    'by %s ends what waits, masks every door, and is told to the schools that have the lead and to no other',
    async (_, { tells, withdraw }) => {
      // `a` and `d` have the lead, `b` has failed once, and `c` is closed.
      const market = await host.openMarket({ a: {}, b: {}, c: { campaign: { hours: buildClosedHours() } }, d: {} })
      const { hasContact, receiver, readState } = market
      receiver('b').answer = () => 500
      const visit = await market.visit()
      const { leadId, findDelivery } = visit
      await until(() => receiver('b').countLeads() === 1)
      for (const name of ['a', 'd']) await until(async () => (await readState(leadId, name)) === 'delivered')
      const names = ['a', 'b', 'c', 'd'] as const
      const schools = await Promise.all(
        names.map(async (name) => ({ name, callAsSchool: await market.createSchoolKey(name) })),
      )
      // Control: before.
      for (const { name, callAsSchool } of schools)
        expect([name, hasContact((await callAsSchool('GET', '/school/leads')).text)]).toEqual([
          name,
          'ad'.includes(name),
        ])

      expect((await withdraw(market, visit)).status).toBeLessThan(300)
      receiver('b').answer = () => 200
      await until(async () => ['dead', 'erased'].includes(String(await readState(leadId, 'b'))))
      for (const { name, callAsSchool } of schools) {
        const delivery = `/school/deliveries/${findDelivery(name)}`
        for (const path of [
          '/school/leads',
          '/school/leads?order=newest',
          delivery,
          `${delivery}/dispositions`,
          '/school/returns',
        ])
          expect([name, path, hasContact((await callAsSchool('GET', path)).text)]).toEqual([name, path, false])
        for (const path of [`/school/leads/${findDelivery(name)}/take`, `${delivery}/replay`]) {
          const { status, text } = await callAsSchool('POST', path)
          expect([name, path, status >= 400, hasContact(text)]).toEqual([name, path, true, false])
        }
        expect((await host.staff('POST', `/deliveries/${findDelivery(name)}/replay`)).status).toBeGreaterThanOrEqual(
          400,
        )
      }
      await host.staff('POST', '/replays', { filter: { schoolId: market.id('a'), states: ['delivered'] } })
      const day = new Date().toISOString().slice(0, 10)
      for (const [path, body] of [
        ['/lead-exports', { day, contacts: 'revealed', purpose: reason }],
        ['/lead-searches', { email: market.person(1).email }],
        ['/suppressions/exports', { format: 'sha256' }],
      ] as const)
        expect([path, hasContact((await host.staff('POST', path, body)).text)]).toEqual([path, false])
      if (tells) await until(() => receiver('a').listOfType(tells).length === 1)
      host.atEnd(() => {
        const counts = names.map((name) => [name, receiver(name).countLeads()])
        expect(counts).toEqual([
          ['a', 1],
          ['b', 1],
          ['c', 0],
          ['d', 1],
        ])
        expect(receiver('c').requests).toEqual([])
        const notices = names.flatMap((name) => receiver(name).requests.filter(({ type }) => type !== 'lead.created'))
        expect(notices.filter(({ text }) => hasContact(text))).toEqual([])
        expect(receiver('a').listOfType(tells ?? '')).toHaveLength(tells ? 1 : 0)
      })
    },
  )

  it('while the lead is being sent is told to the school that takes it, which can read nothing', async () => {
    const market = await host.openMarket()
    const request = Promise.withResolvers<number>()
    market.receiver('a').answer = () => request.promise
    const { withdrawalPath } = await market.visit()
    await until(() => market.receiver('a').countLeads() === 1)
    await host.call('POST', withdrawalPath)
    market.receiver('a').answer = () => 200
    request.resolve(200)
    await until(() => market.receiver('a').listOfType('consent.withdrawn').length === 1)
    const { text } = await (await market.createSchoolKey('a'))('GET', '/school/leads')
    expect(market.hasContact(text)).toBe(false)
  })

  it('by every channel at once, three times each, is one notice to each school', async () => {
    const market = await host.openMarket({ a: {}, d: {} })
    const visit = await market.visit()
    for (const name of ['a', 'd']) await until(async () => (await market.readState(visit.leadId, name)) === 'delivered')
    const chosen = ['the link of the visitor', 'the page of the source', 'staff, by lead'] as const
    const responses = await times(9, async (index) => channels[chosen[index % 3] ?? '']?.withdraw(market, visit))
    expect(responses.every((response) => (response?.status ?? 500) < 300)).toBe(true)
    for (const name of ['a', 'd']) await until(() => market.receiver(name).listOfType('consent.withdrawn').length > 0)
    host.atEnd(() => {
      for (const name of ['a', 'd']) expect(market.receiver(name).listOfType('consent.withdrawn')).toHaveLength(1)
    })
  })

  it('leaves the leads of later written consent to the schools that it names, and no earlier one', async () => {
    const school = { duplicates: { keys: 'none', windowDays: 1 } }
    const market = await host.openMarket({ a: { school }, b: { school } })
    const { leadId, withdrawalPath } = await market.visit()
    for (const name of ['a', 'b']) await until(async () => (await market.readState(leadId, name)) === 'delivered')
    await host.call('POST', withdrawalPath)
    await market.visit(1, { schoolIds: [market.id('b')] })
    await until(() => market.receiver('b').countLeads() === 2)
    const list = async (name: string) => (await (await market.createSchoolKey(name))('GET', '/school/leads')).body.leads
    const isShown = (lead: HostJson) => lead.event !== undefined
    expect([(await list('a')).map(isShown), (await list('b')).map(isShown)]).toEqual([[false], [false, true]])
    host.atEnd(() => expect(market.receiver('a').countLeads()).toBe(1))
  })

  it('for one school by the link leaves the others what they have', async () => {
    const market = await host.openMarket({ a: {}, b: {} })
    for (const name of ['a', 'b']) market.receiver(name).answer = () => 500
    const { leadId, withdrawalPath } = await market.visit()
    for (const name of ['a', 'b']) await until(() => market.receiver(name).countLeads() === 1)
    await host.call('POST', `${withdrawalPath}?school=${market.id('a')}`)
    for (const name of ['a', 'b']) market.receiver(name).answer = () => 200
    await until(async () => (await market.readState(leadId, 'b')) === 'delivered')
    await until(async () => (await market.readState(leadId, 'a')) === 'dead')
    host.atEnd(() => expect(market.receiver('a').countLeads()).toBe(1))
  })

  it('at the same time as the lead, 12 times, leaves nothing readable, and tells the school of what it was sent', async () => {
    const market = await host.openMarket()
    const shown = await market.match()
    await times(12, async (index) => {
      const { email } = market.person(index + 1)
      const suppression = { email, basis: 'do-not-contact', reason }
      await Promise.all([
        market.submit(market.buildForm(shown, index + 1)),
        host.staff('POST', '/suppressions', suppression),
      ])
    })
    const callAsSchool = await market.createSchoolKey('a')
    host.atEnd(async () => {
      const { text } = await callAsSchool('GET', '/school/leads?limit=100')
      for (let visitor = 1; visitor <= 12; visitor++) expect(market.hasContact(text, visitor)).toBe(false)
      await until(
        () => market.receiver('a').listOfType('consent.withdrawn').length === market.receiver('a').countLeads(),
      )
    })
  })
})

it('sends nothing else when everything that was due has been sent, and the audit is whole', async () => {
  expect(await host.runChecks()).toBeGreaterThan(10)
  await host.expectSealedAudit()
})
