import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appHeader } from '#shared/contract/access/session-carriers.ts'
import { type HostJson, sortStatuses, times } from './host-calls.ts'
import { type EditedHost, openEditedHost } from './open-edited-host.ts'

let host: EditedHost
beforeAll(async () => {
  host = await openEditedHost()
})
afterAll(() => host[Symbol.asyncDispose]())

/** Invites a person by email, and opens the link in a browser. */
async function signIn(holder: { caller: string; schoolId?: string }, role: string, email: string) {
  const app = holder.caller === 'operator' ? 'console' : 'portal'
  const { body: invited } = await host.staff('POST', '/people', { holder, role, email, name: `Pat ${role}` })
  const [mail] = await host.listMails(email)
  const token = /#signin=(\S+)/.exec(mail.text)?.[1] ?? ''
  const open = () => host.call('POST', '/v1/sign-ins', { headers: { [appHeader]: app }, body: { token } })
  const opened = await times(2, open)
  const session = opened.find(({ status }) => status === 201)
  const cookie =
    session?.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ') ?? ''
  return {
    personId: String(invited.person.personId),
    opened,
    call: (method: string, path: string, body?: object) =>
      host.call(method, `/v1${path}`, { headers: { [appHeader]: app, cookie }, ...(body && { body }) }),
  }
}

describe.concurrent('people and keys', () => {
  it('open a sign-in link once for two clicks, and their session ends when they are disabled, removed or lose their school', async () => {
    const market = await host.openMarket()
    const holder = { caller: 'school', schoolId: market.id('a') }
    const people: Awaited<ReturnType<typeof signIn>>[] = []
    for (const name of ['disabled', 'removed', 'orphaned'])
      people.push(await signIn(holder, 'officer', `${name}@school.example`))
    for (const { opened, call } of people) {
      expect(sortStatuses(opened)).toEqual([201, 410])
      expect((await call('GET', '/school/leads')).status).toBe(200)
    }
    const [disabled, removed, orphaned] = people
    await host.staff('PATCH', `/people/${disabled?.personId}`, { status: 'disabled' })
    expect(sortStatuses(await times(2, () => host.staff('DELETE', `/people/${removed?.personId}`)))).toContain(204)
    for (const person of [disabled, removed]) expect((await person?.call('GET', '/school/leads'))?.status).toBe(401)
    expect((await orphaned?.call('GET', '/school/leads'))?.status).toBe(200)
    await market.removeSchool('a')
    await market.createSchool('a')
    expect((await orphaned?.call('GET', '/school/leads'))?.status).toBe(401)
    expect((await host.staff('GET', `/people?schoolId=${market.id('a')}`)).body.people).toEqual([])
  })

  it('leave an owner when two owners remove each other at once', async () => {
    const owners: Awaited<ReturnType<typeof signIn>>[] = []
    for (const name of ['first', 'second'])
      owners.push(await signIn({ caller: 'operator' }, 'owner', `${name}@staff.example`))
    const others = (await host.staff('GET', '/people')).body.people.filter(
      ({ role, personId }: HostJson) => role === 'owner' && !owners.some((owner) => owner.personId === personId),
    )
    for (const { personId } of others) await host.staff('PATCH', `/people/${personId}`, { role: 'viewer' })
    await times(2, (index) => host.staff('PATCH', `/people/${owners[index]?.personId}`, { role: 'viewer' }))
    const { people } = (await host.staff('GET', '/people')).body
    expect(people.filter(({ role, status }: HostJson) => role === 'owner' && status === 'active')).toHaveLength(1)
  })

  it('lose what a portal link opened when the link, the key that made it, or the school is gone', async () => {
    const market = await host.openMarket()
    const issuer = await host.staff('POST', '/keys', { holder: { caller: 'operator' }, scope: 'admin', name: 'Issuer' })
    const callAsIssuer = host.withKey(issuer.body.key)
    const openLink = async (create: typeof callAsIssuer) => {
      const { body } = await create('POST', '/ops/portal-links', { schoolId: market.id('a') })
      const opened = await times(3, () => host.call('POST', '/v1/school-sessions', { body: { token: body.token } }))
      expect(sortStatuses(opened)).toEqual([201, 410, 410])
      const { key } = opened.find(({ status }) => status === 201)?.body ?? {}
      return { linkId: body.linkId, call: host.withKey(key) }
    }
    const revoked = await openLink(callAsIssuer)
    const ofIssuer = await openLink(callAsIssuer)
    const ofSchool = await openLink(host.withKey(host.host.keys.operator))
    expect((await host.staff('DELETE', `/portal-links/${revoked.linkId}`)).status).toBe(204)
    expect([(await revoked.call('GET', '/school')).status, (await ofIssuer.call('GET', '/school')).status]).toEqual([
      401, 200,
    ])
    await host.staff('DELETE', `/keys/${issuer.body.keyId}`)
    expect([(await ofIssuer.call('GET', '/school')).status, (await ofSchool.call('GET', '/school')).status]).toEqual([
      401, 200,
    ])
    await market.removeSchool('a')
    expect((await ofSchool.call('GET', '/school')).status).toBe(401)
  })

  it('lose no edit of another: one of two writes with the same ETag is refused, and none is made without', async () => {
    const market = await host.openMarket()
    const path = `/campaigns/${market.id('a')}`
    const { headers } = await host.staff('GET', path)
    const etag = { 'if-match': headers.get('etag') ?? '' }
    const write = (index: number) =>
      host.staff('PUT', path, market.buildCampaign('a', { priceCents: 100 + index }), etag)
    expect(sortStatuses(await times(4, write))).toEqual([200, 412, 412, 412])
    expect((await host.staff('PUT', path, market.buildCampaign('a'))).status).toBe(428)
    const { entries } = (await host.staff('GET', `/audit?record=campaigns/${market.id('a')}`)).body
    expect(entries.map(({ action }: HostJson) => action)).toEqual(['record.changed', 'record.created'])
    expect(entries[0]).toMatchObject({ actor: { kind: 'staff' }, before: { priceCents: 4500 } })
  })

  it('of a school lift no pause of staff, and their own cap of 0 outlives it', async () => {
    const market = await host.openMarket()
    const callAsSchool = await market.createSchoolKey('a')
    const path = `/school/campaigns/${market.id('a')}`
    await market.putCampaign('a', { status: 'paused' })
    expect((await callAsSchool('PATCH', path, { status: 'active' })).body.code).toBe('STAFF_PAUSED')
    expect((await callAsSchool('PATCH', path, { priceCents: 1 })).status).toBe(422)
    expect(await market.listVerdicts((await market.visit(1)).leadId)).toEqual(['a:CAMPAIGN_INACTIVE'])
    await callAsSchool('PATCH', path, { caps: [{ period: 'day', limit: 0 }] })
    await market.putCampaign('a', { status: 'active' })
    expect(await market.listVerdicts((await market.visit(2)).leadId)).toEqual(['a:CAP_DAY'])
  })

  it('that may only read change nothing and export no contact details, and a reveal needs a purpose and is recorded', async () => {
    const market = await host.openMarket()
    const { leadId } = await market.visit()
    const reader = await host.staff('POST', '/keys', { holder: { caller: 'operator' }, scope: 'read', name: 'Reader' })
    const callAsReader = host.withKey(reader.body.key)
    const day = new Date().toISOString().slice(0, 10)
    for (const [path, body] of [
      ['suppressions', { leadId, reason: 'A test.' }],
      ['lead-exports', { day, contacts: 'revealed', purpose: 'A test.' }],
      [`leads/${leadId}/reveals`, { purpose: 'A test.' }],
      ['erasures', { leadId }],
    ] as const)
      expect([path, (await callAsReader('POST', `/ops/${path}`, body)).status]).toEqual([path, 403])
    expect((await host.staff('POST', `/leads/${leadId}/reveals`, {})).status).toBe(422)
    expect((await host.staff('POST', `/leads/${leadId}/reveals`, { purpose: 'On the phone.' })).status).toBe(201)
    const { text } = await host.staff('POST', '/access-requests', { email: market.person(1).email, purpose: 'Asked.' })
    expect([text.includes('On the phone.'), market.hasContact(text)]).toEqual([true, true])
  })
})

it('leaves an audit that is whole', () => host.expectSealedAudit())
