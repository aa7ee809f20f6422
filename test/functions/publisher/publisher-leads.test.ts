import { beforeEach, describe, expect, it } from 'vitest'
import { listPublisherLeads, readPublisherLead } from '#shared/contract/capture/publisher-leads.ts'
import {
  aCampaign,
  aLead,
  aPerson,
  createTestSystem,
  parseKey,
  postLead,
  putRecord,
  requestMatch,
  submitLeadMarkedTest,
  submitTestLead,
  type TestSystem,
} from '../create-test-system.ts'

let system: TestSystem
let authorization: string
beforeEach(async () => {
  system = await createTestSystem()
  authorization = await createServerKey('landing')
})

async function createServerKey(sourceId: string) {
  const { key } = await system.api.createApiKey({ caller: 'source', sourceId }, 'server')
  return `Bearer ${key}`
}

async function listLeads(query = '', headers: { [name: string]: string } = { authorization }) {
  const response = await system.api.call('GET', `/v1/publisher/leads${query}`, { headers })
  expect(response.status, response.text).toBe(200)
  return listPublisherLeads.responses[200].body.parse(response.body)
}

async function readLead(leadId: string) {
  const response = await system.api.call('GET', `/v1/publisher/leads/${leadId}`, { headers: { authorization } })
  expect(response.status, response.text).toBe(200)
  return readPublisherLead.responses[200].body.parse(response.body)
}

async function deliverToSchool(schoolId: string, { schools }: Awaited<ReturnType<typeof submitTestLead>>) {
  const deliveryId = schools.find((school) => school.schoolId === schoolId)?.deliveryId ?? ''
  await system.api.deliver(deliveryId)
  return deliveryId
}

const asTallGrass = async (path: string, body: object) =>
  system.api.call('POST', path, {
    headers: { authorization: `Bearer ${await system.api.schoolKey('tall-grass')}` },
    body,
  })

describe('what a source reads of a lead', () => {
  it('is the outcome, the verdict of each campaign and the state at each school', async () => {
    await putRecord(
      system.api,
      'campaigns',
      'bay-shore-tx',
      aCampaign({ schoolId: 'bay-shore', programIds: ['bay-shore-hit'], status: 'paused' }),
    )
    const receipt = await submitTestLead(system, 1, {
      subIds: { sub1: '20261123001' },
      page: { url: 'https://careers.example/jobs?email=ada1@mail.example' },
    })
    const deliveryId = await deliverToSchool('tall-grass', receipt)
    expect(await readLead(receipt.leadId)).toEqual({
      leadId: receipt.leadId,
      receivedAt: receipt.receivedAt,
      outcome: 'accepted',
      careerSlug: 'health-record-technician',
      test: false,
      subIds: { sub1: '20261123001' },
      page: { url: 'https://careers.example/jobs?…' },
      verdicts: [
        { schoolId: 'tall-grass', selected: true, programId: 'tall-grass-hit' },
        { schoolId: 'bay-shore', selected: false, reason: 'CAMPAIGN_INACTIVE', also: expect.any(Array) },
      ],
      deliveries: [
        {
          deliveryId,
          schoolId: 'tall-grass',
          schoolName: 'Tall Grass College',
          state: 'delivered',
          deliveredAt: expect.any(String),
        },
      ],
    })
  })

  it('is the true outcome, which the page was not told', async () => {
    const { leadId } = await submitTestLead(system, 1)
    await system.api.deliver((await readLead(leadId)).deliveries[0]?.deliveryId ?? '')
    const again = await postLead(system, aLead(await requestMatch(system), 1), { 'idempotency-key': 'again' })
    expect(again.body).toMatchObject({ outcome: 'accepted' })
    const [latest] = (await listLeads()).leads
    expect(latest).toMatchObject({ outcome: 'duplicate', deliveries: [] })
    expect(latest?.verdicts.map(({ reason }) => reason)).toEqual(['DUPLICATE_SCHOOL', 'DUPLICATE_SCHOOL'])
  })

  it('is that a lead is quarantined, and after the review that it was rejected', async () => {
    const response = await postLead(system, aLead(await requestMatch(system), 1, { website: 'https://bot.example' }))
    expect(response.body).toMatchObject({ outcome: 'accepted' })
    const [quarantined] = (await listLeads('?outcome=quarantined')).leads
    expect(quarantined).toMatchObject({ outcome: 'quarantined', verdicts: [], deliveries: [] })
    await system.api.staff('POST', `/v1/ops/leads/${quarantined?.leadId}/reject`)
    expect(await readLead(quarantined?.leadId ?? '')).toMatchObject({ outcome: 'rejected' })
  })

  it('is the state of each delivery in its own terms: waiting, delivered, returned or ended', async () => {
    const receipt = await submitTestLead(system)
    const findState = async () =>
      (await readLead(receipt.leadId)).deliveries.find(({ schoolId }) => schoolId === 'tall-grass')?.state
    expect(await findState()).toBe('waiting')
    const deliveryId = await deliverToSchool('tall-grass', receipt)
    expect(await findState()).toBe('delivered')
    await asTallGrass(`/v1/school/deliveries/${deliveryId}/returns`, { reason: 'wrong-person', note: 'Ada hung up.' })
    expect(await findState()).toBe('delivered')
    await system.api.staff('POST', `/v1/ops/deliveries/${deliveryId}/return/accept`, {
      body: { answer: 'Sorry, Ada.' },
    })
    const { deliveries } = await readLead(receipt.leadId)
    expect(deliveries).toContainEqual(expect.objectContaining({ state: 'returned', returnReason: 'wrong-person' }))
    expect(JSON.stringify(deliveries)).not.toContain('Ada')
    await system.api.staff('POST', '/v1/ops/erasures', { body: { leadId: receipt.leadId } })
    await system.api.continueErasures()
    expect((await readLead(receipt.leadId)).deliveries.map(({ state }) => state).toSorted()).toEqual([
      'ended',
      'returned',
    ])
  })

  it('is when the person withdrew, with labels that could be contact details masked', async () => {
    const subIds = { sub1: 'ada1@mail.example', sub2: 'spring' }
    const { leadId } = await submitTestLead(system, 1, { subIds })
    expect(await readLead(leadId)).toMatchObject({ subIds })
    await system.api.call('POST', '/v1/consents/withdrawals', {
      headers: { authorization },
      body: { email: 'ada1@mail.example' },
    })
    await system.api.continueWithdrawals()
    const lead = await readLead(leadId)
    expect(lead).toMatchObject({ withdrawnAt: expect.any(String), subIds: { sub1: '…', sub2: 'spring' } })
    expect(lead.deliveries.map(({ state }) => state)).toEqual(['ended', 'ended'])
  })

  it('is after an erasure only that there was a lead', async () => {
    const { leadId } = await submitTestLead(system, 1, { subIds: { sub1: 'spring' } })
    await system.api.staff('POST', '/v1/ops/erasures', { body: { leadId } })
    await system.api.continueErasures()
    const [lead] = (await listLeads()).leads
    expect(lead).toMatchObject({ leadId, outcome: 'accepted', erasedAt: expect.any(String) })
    expect(lead).not.toHaveProperty('subIds')
    expect(lead).not.toHaveProperty('page')
  })
})

describe('the list of the leads of a source', () => {
  it('has the latest lead first, page by page, and no lead of another source', async () => {
    const other = await putRecord(system.api, 'sources', 'other', { name: 'Other', mode: 'live' })
    const leadIds: string[] = []
    for (const number of [1, 2, 3]) {
      leadIds.unshift((await submitTestLead(system, number)).leadId)
      system.api.advanceClock(60)
    }
    await submitTestLead({ ...system, sourceKey: parseKey(other.body) }, 4)
    const first = await listLeads('?limit=2')
    const second = await listLeads(`?limit=2&cursor=${first.page.nextCursor}`)
    expect([...first.leads, ...second.leads].map(({ leadId }) => leadId)).toEqual(leadIds)
    expect((await listLeads('', { authorization: await createServerKey('other') })).leads).toHaveLength(1)
  })

  it('can be limited to a span of time, an outcome and a state at a school', async () => {
    const receipt = await submitTestLead(system, 1)
    const from = new Date(system.api.clock.now.getTime() + 60_000).toISOString()
    system.api.advanceClock(60)
    const later = await submitTestLead(system, 2)
    await deliverToSchool('tall-grass', later)
    const listIds = async (query: string) => (await listLeads(query)).leads.map(({ leadId }) => leadId)
    expect(await listIds(`?from=${from}`)).toEqual([later.leadId])
    expect(await listIds(`?to=${from}`)).toEqual([receipt.leadId])
    expect(await listIds('?state=delivered')).toEqual([later.leadId])
    expect(await listIds('?outcome=unmatched')).toEqual([])
  })

  it('shows test leads as such', async () => {
    const { leadId } = await submitLeadMarkedTest(system)
    expect((await listLeads()).leads).toMatchObject([{ leadId, test: true }])
  })

  it('is refused to a publishable key, which anyone can read in a page', async () => {
    const { leadId } = await submitTestLead(system)
    for (const path of ['/v1/publisher/leads', `/v1/publisher/leads/${leadId}`])
      expect(await system.api.call('GET', path, { headers: { 'x-source-key': system.sourceKey } })).toMatchObject({
        status: 403,
        body: { code: 'SECRET_KEY_REQUIRED' },
      })
  })

  it('starts empty for a source that was deleted and created again', async () => {
    await submitTestLead(system)
    await system.api.staff('DELETE', '/v1/ops/sources/landing')
    expect(await system.api.call('GET', '/v1/publisher/leads', { headers: { authorization } })).toMatchObject({
      status: 401,
    })
    await putRecord(system.api, 'sources', 'landing', { name: 'Landing page', mode: 'live' })
    expect((await listLeads('', { authorization: await createServerKey('landing') })).leads).toEqual([])
  })

  it('has a lead of which the person details are on none of its fields', async () => {
    const person = aPerson(7, { firstName: 'Quirin', lastName: 'Vasquez' })
    await submitTestLead(system, 7, { contact: person })
    const { leads } = await listLeads()
    for (const value of Object.values(person)) expect(JSON.stringify(leads)).not.toContain(value)
  })
})
