import { describe, expect, it } from 'vitest'
import { maxPeoplePerHolder } from '#shared/domain/access/access-person.ts'
import { buildNewPersonWrites } from '#shared/store/access/people-rows.ts'
import { aLead, postLead, putRecord, requestMatch, submitTestLead } from '#test/functions/create-test-system.ts'
import {
  aPersonRequest,
  createBrowser,
  createPeopleSystem,
  createPerson,
  createSignedInPerson,
  invite,
  publicUrl,
  readLatestTokens,
} from './create-people-system.ts'

const holder = { caller: 'source', sourceId: 'landing' } as const
const fields = { holder, email: 'pat@publisher.example' }

describe('people of a publisher', () => {
  it('are invited, sign in by an emailed link, and read the leads of their source and of no other', async () => {
    const system = await createPeopleSystem()
    const { api } = system
    const { leadId } = await submitTestLead(system)
    await putRecord(api, 'sources', 'other', { name: 'Other', mode: 'live' })
    const { invitation } = await invite(api, 'viewer', fields)
    expect(invitation).toBe('sent')
    expect(api.mailbox.messages.at(-1)?.subject).toBe('You’re invited to the publisher page of Landing page')
    expect(api.mailbox.messages.at(-1)?.text).toContain(`${publicUrl}/publisher#signin=`)
    const browser = createBrowser(api, 'publisher')
    await browser.open(readLatestTokens(api)[0] ?? '')
    await browser.call('DELETE', '/v1/session')
    await browser.askForLink(fields.email)
    expect((await browser.open(readLatestTokens(api)[0] ?? '')).status).toBe(201)
    const mine = await browser.call('GET', '/v1/publisher/leads')
    expect(mine).toMatchObject({ status: 200, body: { leads: [{ leadId }] } })
    const stranger = await createSignedInPerson(api, 'viewer', {
      holder: { caller: 'source', sourceId: 'other' },
      email: 'o@x.example',
    })
    expect(await stranger.browser.call('GET', '/v1/publisher/leads')).toMatchObject({
      status: 200,
      body: { leads: [] },
    })
    expect((await stranger.browser.call('GET', `/v1/publisher/leads/${leadId}`)).status).toBe(404)
  })

  it('send no leads, and their cookie counts for neither console nor portal', async () => {
    const system = await createPeopleSystem()
    const { browser } = await createSignedInPerson(system.api, 'viewer', fields)
    const lead = aLead(await requestMatch(system))
    const headers = { 'idempotency-key': 'form-1' }
    expect((await browser.call('POST', '/v1/leads', { headers, body: lead })).status).toBe(401)
    expect((await browser.call('GET', '/v1/ops/leads')).status).toBe(401)
    expect((await browser.call('GET', '/v1/school/leads')).status).toBe(401)
    // The key of the source is what sends it.
    expect((await postLead(system, lead, headers)).status).toBe(201)
  })

  it('of a school or staff read nothing of a publisher', async () => {
    const { api } = await createPeopleSystem()
    for (const role of ['owner', 'admin'] as const) {
      const { browser } = await createSignedInPerson(api, role)
      expect((await browser.call('GET', '/v1/publisher/leads')).status).toBe(401)
    }
  })

  it('go with their source: they read nothing of a later one with its ID, and count against nothing', async () => {
    const { api } = await createPeopleSystem()
    const { browser } = await createSignedInPerson(api, 'viewer', fields)
    await api.staff('DELETE', '/v1/ops/sources/landing', { headers: { 'if-match': '*' } })
    expect((await browser.call('GET', '/v1/publisher/source')).status).toBe(401)
    await putRecord(api, 'sources', 'landing', { name: 'Landing page', mode: 'live' })
    expect((await browser.call('GET', '/v1/publisher/source')).status).toBe(401)
    const again = await createSignedInPerson(api, 'viewer', fields)
    expect((await again.browser.call('GET', '/v1/publisher/source')).status).toBe(200)
    const listed = await api.staff('GET', '/v1/ops/people?sourceId=landing')
    expect(listed.body).toMatchObject({ people: [{ personId: again.person.personId }] })
  })

  it('need a source that exists and the role of a publisher, and are at most as many as those of a school', async () => {
    const { api } = await createPeopleSystem()
    const post = (request: object) => api.staff('POST', '/v1/ops/people', { body: request })
    const unknown = aPersonRequest('viewer', { ...fields, holder: { caller: 'source', sourceId: 'nothing' } })
    expect(await post(unknown)).toMatchObject({ status: 422, body: { errors: [{ pointer: '/holder/sourceId' }] } })
    expect((await post(aPersonRequest('admin', fields))).status).toBe(422)
    const { person } = await createPerson(api, 'viewer', { holder, email: 'first@publisher.example' })
    for (let number = 1; number < maxPeoplePerHolder; number += 1) {
      const personId = `psn_${String(number).padStart(22, 'x')}`
      const row = { version: 0, epoch: 1, person: { ...person, personId }, emailHash: personId, links: [] }
      await api.engine.transact(buildNewPersonWrites(row))
    }
    expect(await post(aPersonRequest('viewer', fields))).toMatchObject({
      status: 409,
      body: { code: 'TOO_MANY_PEOPLE' },
    })
  })

  it('lose access at once when staff disable them', async () => {
    const { api } = await createPeopleSystem()
    const { browser, person } = await createSignedInPerson(api, 'viewer', fields)
    await api.staff('PATCH', `/v1/ops/people/${person.personId}`, { body: { status: 'disabled' } })
    expect((await browser.call('GET', '/v1/publisher/source')).status).toBe(401)
  })
})
