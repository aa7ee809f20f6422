import { describe, expect, it } from 'vitest'
import { listNotifications, listSchoolNotifications } from '#shared/contract/reporting/notifications.ts'
import { aSchool, putRecord, type TestSystem } from '#test/functions/create-test-system.ts'
import {
  createPerson,
  createSignedInPerson,
  publicUrl,
} from '#test/functions/operator/access/people/create-people-system.ts'
import { aBuyer, acceptReturn, refuseReturn, requestReturn } from '#test/functions/returns/return-fixture.ts'
import { createTestMarket, deliverDue, failAllDeliveries, visit } from '#test/functions/routing/create-test-market.ts'

const alder = { caller: 'school', schoolId: 'alder' } as const
/** The engine, mail and clock of a market whose school Alder has an admin, an officer and a viewer, who have signed in. */
async function addPeople({ api }: TestSystem) {
  const admin = await createSignedInPerson(api, 'admin', { holder: alder })
  const officer = await createSignedInPerson(api, 'officer', { holder: alder })
  const viewer = await createSignedInPerson(api, 'viewer', { holder: alder, email: 'look@people.example' })
  return { admin, officer, viewer }
}
const run = async ({ api }: TestSystem) => {
  await api.watchConditions()
  await api.sendNotifications()
}
const takeMails = ({ api }: TestSystem) =>
  api.mailbox.messages.splice(0).map(({ to, subject, text }) => ({ to: String(to), subject, text }))
const readSchoolList = async ({ api }: TestSystem, schoolId = 'alder') => {
  const headers = { authorization: `Bearer ${await api.schoolKey(schoolId)}` }
  const { body } = await api.call('GET', '/v1/school/notifications', { headers })
  return listSchoolNotifications.responses[200].body.parse(body).notifications
}
const readStaffList = async ({ api }: TestSystem) =>
  listNotifications.responses[200].body.parse((await api.staff('GET', '/v1/ops/notifications')).body).notifications
const toEvents = (list: readonly { event: string }[]) => list.map(({ event }) => event)
const dayHours = 24

describe('notifications of a decided return', () => {
  it('are emailed once to the people of the school whose role it concerns, and to no other school', async () => {
    const buyer = await aBuyer()
    const { town } = buyer
    await buyer.deliver()
    await addPeople(town)
    await createSignedInPerson(town.api, 'officer', {
      holder: { caller: 'school', schoolId: 'birch' },
      email: 'b@x.example',
    })
    await requestReturn(buyer)
    takeMails(town)
    await acceptReturn(buyer)
    await acceptReturn(buyer)
    await town.api.sendNotifications()
    await town.api.sendNotifications()
    const mails = takeMails(town)
    expect(mails.map(({ to }) => to).sort()).toEqual(['admin@people.example', 'officer@people.example'])
    expect(mails[0]?.subject).toBe('Credit given: $45.00')
    expect(mails[0]?.text).toContain(buyer.deliveryId)
    expect(toEvents(await readSchoolList(town))).toEqual(['return-decided'])
    expect(await readSchoolList(town, 'birch')).toEqual([])
  })

  it('say that a request was declined', async () => {
    const buyer = await aBuyer()
    await buyer.deliver()
    await requestReturn(buyer)
    await refuseReturn(buyer)
    expect(await readSchoolList(buyer.town)).toMatchObject([{ figures: { decision: 'refused' } }])
  })

  it('are one email for all that were decided together, repeated only for those who could not be reached', async () => {
    const buyer = await aBuyer()
    const { town } = buyer
    const second = await visit(town, 2, {}, {}, ['alder'])
    await buyer.deliver()
    await addPeople(town)
    const deliveryIds = [buyer.deliveryId, second.receipt.schools[0]?.deliveryId ?? '']
    for (const deliveryId of deliveryIds) await requestReturn({ ...buyer, deliveryId })
    await town.api.staff('POST', '/v1/ops/return-decisions', { body: { decision: 'accept', deliveryIds } })
    takeMails(town)
    town.api.mailbox.fault = { cause: 'ours', reason: 'ECONNREFUSED', mayHaveArrived: false }
    await town.api.sendNotifications()
    expect(takeMails(town)).toEqual([])
    town.api.mailbox.fault = undefined
    await town.api.sendNotifications()
    expect(takeMails(town)).toEqual([])
    town.api.advanceClock(61)
    await town.api.sendNotifications()
    const mails = takeMails(town)
    expect(mails).toHaveLength(2)
    expect(mails[0]?.subject).toBe('Credit given: $45.00 and 1 more')
  })

  it('go to nobody of a school that has the ID later', async () => {
    const buyer = await aBuyer()
    const { api } = buyer.town
    await buyer.deliver()
    await requestReturn(buyer)
    await acceptReturn(buyer)
    await api.staff('DELETE', '/v1/ops/campaigns/alder', { headers: { 'if-match': '*' } })
    await api.staff('DELETE', '/v1/ops/programs/alder-program', { headers: { 'if-match': '*' } })
    const removed = await api.staff('DELETE', '/v1/ops/schools/alder', { headers: { 'if-match': '*' } })
    expect(removed.status).toBe(204)
    await putRecord(api, 'schools', 'alder', aSchool({ name: 'Alder College' }))
    await addPeople(buyer.town)
    takeMails(buyer.town)
    await api.sendNotifications()
    expect(takeMails(buyer.town)).toEqual([])
    expect(await readSchoolList(buyer.town)).toEqual([])
  })
})

describe('notifications of conditions', () => {
  it('tell of a cap once when 80 percent is used and once when all is, in each window', async () => {
    const caps = [
      { period: 'day', limit: 5 },
      { period: 'hour', limit: 5 },
    ]
    const town = await createTestMarket({ alder: { campaign: { caps } }, birch: {} })
    const lists: string[][] = []
    for (const number of [1, 2, 3, 4, 5]) {
      await visit(town, number, {}, {}, ['alder'])
      await Promise.all([town.api.watchConditions(), town.api.watchConditions()])
      lists.push(toEvents(await readSchoolList(town)))
    }
    expect(lists).toEqual([[], [], [], ['cap-almost-used'], ['cap-used', 'cap-almost-used']])
    expect(toEvents(await readStaffList(town))).toEqual(['cap-used', 'cap-almost-used'])
    town.api.advanceClock(dayHours * 3600)
    for (const number of [6, 7, 8, 9]) await visit(town, number, {}, {}, ['alder'])
    await town.api.watchConditions()
    expect(toEvents(await readSchoolList(town))).toEqual(['cap-almost-used', 'cap-used', 'cap-almost-used'])
  })

  it('tell of a low balance again after it was paid and used again', async () => {
    const town = await createTestMarket({ alder: { school: { creditCents: 9000 } }, birch: {} })
    await visit(town, 1, {}, {}, ['alder'])
    await visit(town, 2, {}, {}, ['alder'])
    await town.api.watchConditions()
    await putRecord(town.api, 'schools', 'alder', aSchool({ name: 'Alder College', creditCents: 90_000 }))
    await town.api.watchConditions()
    await putRecord(town.api, 'schools', 'alder', aSchool({ name: 'Alder College', creditCents: 9000 }))
    await town.api.watchConditions()
    await town.api.watchConditions()
    expect(toEvents(await readSchoolList(town))).toEqual(['credit-used', 'credit-used'])
  })

  it('tell of a failing endpoint once in six hours, however often it recovers', async () => {
    const town = await createTestMarket({ alder: {} })
    await visit(town, 1)
    failAllDeliveries(town)
    const fail = async () => {
      for (let attempt = 0; attempt < 7; attempt += 1) {
        await deliverDue(town)
        town.api.advanceClock(700)
      }
    }
    await fail()
    await town.api.watchConditions()
    expect(toEvents(await readSchoolList(town))).toEqual(['endpoint-failing'])
    await town.api.watchConditions()
    expect(toEvents(await readSchoolList(town))).toEqual(['endpoint-failing'])
  })

  it('tell of a school that gets no leads for as many days as its record says, and of none that never had one', async () => {
    const town = await createTestMarket({
      alder: { school: { noLeadsDays: 3 } },
      birch: {},
      cedar: { school: { noLeadsDays: 0 } },
    })
    await visit(town, 1, {}, {}, ['alder'])
    await visit(town, 2, {}, {}, ['cedar'])
    town.api.advanceClock(3 * dayHours * 3600 - 60)
    await town.api.watchConditions()
    expect(await readStaffList(town)).toEqual([])
    town.api.advanceClock(60)
    await town.api.watchConditions()
    expect(await readStaffList(town)).toMatchObject([
      { event: 'leads-stopped', schoolId: 'alder', figures: { days: 3 } },
    ])
    await visit(town, 3, {}, {}, ['alder'])
    await town.api.watchConditions()
    town.api.advanceClock(3 * dayHours * 3600)
    await town.api.watchConditions()
    expect(toEvents(await readStaffList(town))).toEqual(['leads-stopped', 'leads-stopped'])
  })
})

describe('when people are emailed', () => {
  it('is as they chose: at once, in one email at 8 in the morning of their zone, or never', async () => {
    const caps = [{ period: 'day', limit: 2 }]
    const town = await createTestMarket({ alder: { campaign: { caps } } }, { publicUrl })
    const { admin, officer } = await addPeople(town)
    const choose = (person: typeof admin, choices: object) =>
      person.browser.call('PUT', '/v1/session/notifications', { body: { choices } })
    expect((await choose(admin, { 'cap-used': 'off', 'cap-almost-used': 'off' })).status).toBe(200)
    expect((await choose(officer, { 'cap-used': 'daily' })).status).toBe(200)
    await visit(town, 1)
    await visit(town, 2)
    takeMails(town)
    await run(town)
    expect(takeMails(town)).toEqual([])
    // It is 9 in Chicago.
    town.api.advanceClock(22 * 3600)
    await town.api.sendNotifications()
    expect(takeMails(town)).toEqual([])
    town.api.advanceClock(3600)
    await town.api.sendNotifications()
    const mails = takeMails(town)
    expect(mails.map(({ to }) => to)).toEqual(['officer@people.example'])
    expect(mails[0]?.text).toContain(`${publicUrl}/portal#/notifications`)
    await town.api.sendNotifications()
    expect(takeMails(town)).toEqual([])
  })

  it('refuses events that people of the caller are not told of, and shows what each role gets', async () => {
    const town = await createTestMarket({ alder: {} })
    const { admin, viewer } = await addPeople(town)
    const refused = await admin.browser.call('PUT', '/v1/session/notifications', {
      body: { choices: { 'import-finished': 'daily' } },
    })
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer: '/choices/import-finished' }] } })
    const { body } = await viewer.browser.call('GET', '/v1/session/notifications')
    expect(body).toMatchObject({
      events: expect.arrayContaining([{ event: 'cap-used', timing: 'off', default: 'off' }]),
    })
  })

  it('leaves out people who are disabled or were only invited', async () => {
    const buyer = await aBuyer()
    await buyer.deliver()
    const { admin } = await addPeople(buyer.town)
    await createPerson(buyer.town.api, 'officer', { holder: alder, email: 'new@people.example' })
    await buyer.town.api.staff('PATCH', `/v1/ops/people/${admin.person.personId}`, { body: { status: 'disabled' } })
    await requestReturn(buyer)
    await acceptReturn(buyer)
    takeMails(buyer.town)
    await buyer.town.api.sendNotifications()
    expect(takeMails(buyer.town).map(({ to }) => to)).toEqual(['officer@people.example'])
  })
})
