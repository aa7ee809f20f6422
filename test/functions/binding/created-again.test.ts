import { beforeEach, describe, expect, it } from 'vitest'
import { openIntentWrite } from '#shared/store/catalog/publish-intents.ts'
import {
  aLead,
  aSchool,
  createServerHeaders,
  parseKey,
  postLead,
  putRecord,
  requestMatch,
  type TestSystem,
} from '#test/functions/create-test-system.ts'
import {
  createBrowser,
  createPerson,
  createSignedInPerson,
} from '#test/functions/operator/access/people/create-people-system.ts'
import { createTestMarket, deliverDue, visit } from '#test/functions/routing/create-test-market.ts'
import { alphaSchool, deleteCampaign, deleteSchool, recreateSchool } from './record-edits.ts'

let system: TestSystem
beforeEach(async () => {
  const campaign = { caps: [{ period: 'total', limit: 1 }] }
  system = await createTestMarket({ alpha: { school: alphaSchool, campaign } })
})

describe('a school that was deleted and created again', () => {
  it('reads no lead of the earlier school, by list or by id, and replays none', async () => {
    const { receipt } = await visit(system, 1)
    const deliveryId = receipt.schools[0]?.deliveryId ?? ''
    await system.api.deliver(deliveryId)
    const ownHeaders = await schoolHeaders()
    expect(await listLeads(ownHeaders)).toHaveLength(1) // Control: before.
    await deleteSchool(system)
    await recreateSchool(system, alphaSchool)
    const headers = await schoolHeaders()
    expect(await listLeads(headers)).toEqual([])
    const path = `/v1/school/deliveries/${deliveryId}`
    expect((await system.api.call('GET', path, { headers })).status).toBe(404)
    expect((await system.api.call('POST', `${path}/replay`, { headers })).status).toBe(404)
    expect((await system.api.call('POST', `/v1/school/leads/${deliveryId}/take`, { headers })).status).toBe(404)
  })

  it('is not opened by a key or a portal link of the earlier school', async () => {
    const headers = await schoolHeaders()
    const link = await system.api.staff('POST', '/v1/ops/portal-links', {
      body: { schoolId: 'alpha', scope: 'manage', expiresInHours: 24 },
    })
    await deleteSchool(system)
    await recreateSchool(system, alphaSchool)
    expect((await system.api.call('GET', '/v1/school', { headers })).status).toBe(401)
    const { token } = link.body as { token: string }
    expect((await system.api.call('POST', '/v1/school-sessions', { body: { token } })).status).not.toBe(201)
  })

  it('is not opened by the session or the invitation of a person of the earlier school', async () => {
    const holder = { caller: 'school', schoolId: 'alpha' }
    const { browser } = await createSignedInPerson(system.api, 'admin', { holder })
    const invited = await createPerson(system.api, 'officer', { holder })
    expect((await browser.call('GET', '/v1/school')).status).toBe(200) // Control: before.
    await deleteSchool(system)
    await recreateSchool(system, alphaSchool)
    for (const path of ['/v1/school', '/v1/school/leads', '/v1/school/people'])
      expect([path, (await browser.call('GET', path)).status]).toEqual([path, 401])
    expect((await createBrowser(system.api, 'portal').open(invited.token)).status).not.toBe(201)
    const headers = await schoolHeaders()
    const { body } = await system.api.call('GET', '/v1/school/people', { headers })
    expect(body).toMatchObject({ people: [] })
    // The same people can be invited by the school that has the ID now.
    const again = await createPerson(system.api, 'officer', { holder })
    expect((await system.api.call('GET', '/v1/school/people', { headers })).body).toMatchObject({
      people: [{ personId: again.person.personId, role: 'officer' }],
    })
  })

  it('has its own caps and its own dedupe markers', async () => {
    await visit(system, 1)
    await deleteSchool(system)
    await recreateSchool(system, alphaSchool)
    const { receipt } = await visit(system, 1)
    expect(receipt.schools.map(({ schoolId }) => schoolId)).toEqual(['alpha'])
  })
})

describe('a school that was created again, while a change of it is being published', () => {
  it('gets the leads that are sold to it, and none that was sold to the earlier school', async () => {
    const early = await requestMatch(system)
    await deleteSchool(system)
    await recreateSchool(system, alphaSchool)
    const at = system.api.clock.now.toISOString()
    await system.api.engine.transact([openIntentWrite({ kind: 'schools', id: 'alpha', intentId: 'int_open', at })])
    const headers = await createServerHeaders(system)
    expect((await postLead(system, aLead(early, 2), headers)).body).toMatchObject({ outcome: 'unmatched' })
    const { receipt } = await visit(system, 1)
    expect(receipt.schools).toHaveLength(1)
    await deliverDue(system)
    expect(system.api.webhooks.requests.map(({ url }) => url)).toEqual(['https://omega.example/leads'])
  })
})

describe('a campaign that was deleted and created again', () => {
  it('starts with empty caps and another secret', async () => {
    await visit(system, 1)
    await deleteCampaign(system)
    const again = await putRecord(system.api, 'campaigns', 'alpha', {
      schoolId: 'alpha',
      programIds: ['alpha-program'],
      priceCents: 1,
      caps: [{ period: 'total', limit: 1 }],
      endpoint: { kind: 'webhook', url: 'https://alpha.example/leads' },
    })
    expect(again.body).toMatchObject({ secret: expect.stringMatching(/^whsec_/) })
    expect((await visit(system, 2)).receipt.schools).toHaveLength(1)
  })
})

describe('a source that was deleted and created again', () => {
  it('has another key, and repeats no response of the earlier source', async () => {
    const match = await requestMatch(system)
    const body = aLead(match)
    const headers = { 'idempotency-key': 'the-same-key' }
    const first = await postLead(system, body, headers)
    await system.api.staff('DELETE', '/v1/ops/sources/landing')
    const again = await putRecord(system.api, 'sources', 'landing', { name: 'Other', mode: 'live' })
    expect((await postLead(system, body, headers)).status).toBe(401)
    const later = { ...system, sourceKey: parseKey(again.body) }
    expect((await postLead(later, body, headers)).status).toBe(422) // Its pages have not shown the text of the match.
    const second = await postLead(later, aLead(await requestMatch(later)), headers)
    expect(second.status).toBe(201)
    expect(second.headers['idempotency-replayed']).toBeUndefined()
    expect(second.text).not.toBe(first.text)
  })
})

describe('the response of a record', () => {
  it('says that an ID was used before, and what was read can be written back', async () => {
    const read = async () => (await system.api.staff('GET', '/v1/ops/schools/alpha')).body as object
    expect(await read()).not.toHaveProperty('generation')
    await deleteSchool(system)
    await recreateSchool(system, alphaSchool)
    expect(await read()).toMatchObject({ generation: 2 })
    const written = await system.api.staff('PUT', '/v1/ops/schools/alpha', { body: await read() })
    expect(written.body).toMatchObject({ generation: 2 })
    const { body } = await system.api.staff('GET', '/v1/ops/campaigns')
    expect(body).toMatchObject({ records: [{ id: 'alpha', generation: 2 }] })
  })
})

describe('moving a record to another school', () => {
  it.each(['campaigns/alpha', 'programs/alpha-program'])(
    'is refused for %s with the field and a way to mend it',
    async (path) => {
      await putRecord(system.api, 'schools', 'beta', aSchool())
      const stored = await system.api.staff('GET', `/v1/ops/${path}`)
      const { status, body } = await system.api.staff('PUT', `/v1/ops/${path}`, {
        body: { ...(stored.body as object), schoolId: 'beta' },
        headers: { 'if-match': '*' },
      })
      expect(status).toBe(422)
      expect(body).toMatchObject({
        errors: [{ pointer: '/schoolId', code: 'cannot_move', detail: expect.stringContaining('create a new') }],
      })
    },
  )
})

async function schoolHeaders() {
  return { authorization: `Bearer ${await system.api.schoolKey('alpha')}` }
}

async function listLeads(headers: { authorization: string }) {
  const { body } = await system.api.call('GET', '/v1/school/leads', { headers })
  return (body as { leads: unknown[] }).leads
}
