import { describe, expect, it } from 'vitest'
import type * as z from 'zod'
import { listSchoolLeads, readDeliveryLog } from '#shared/contract/delivery/school-leads.ts'
import {
  aSchool,
  createTestSystem,
  putRecord,
  submitTestLead,
  type TestSystem,
} from '#test/functions/create-test-system.ts'

describe('listing the leads of a school', () => {
  it('returns only own leads, oldest first, as they were sent', async () => {
    const system = await createTestSystem()
    const receipts = [
      await submitTestLead(system, 1),
      await submitTestLead(system, 2, { schoolIds: ['bay-shore'] }),
      await submitTestLead(system, 3),
    ]
    await system.api.deliver(receipts[0]?.schools[0]?.deliveryId ?? '')
    const { leads } = await listLeads(system, 'tall-grass')
    expect(leads.map(({ leadId }) => leadId)).toEqual([receipts[0]?.leadId, receipts[2]?.leadId])
    expect(leads[0]).toMatchObject({
      state: 'delivered',
      campaignId: 'tall-grass-tx',
      event: {
        type: 'lead.created',
        data: { school: { id: 'tall-grass' }, contact: { firstName: 'Ada', state: 'TX' } },
      },
    })
    expect((await listLeads(system, 'bay-shore')).leads).toHaveLength(3)
    await putRecord(system.api, 'schools', 'empty-school', aSchool())
    expect((await listLeads(system, 'empty-school')).leads).toEqual([])
  })

  it('starts at the requested instant in any notation', async () => {
    const system = await createTestSystem()
    await submitTestLead(system, 1)
    system.api.advanceClock(0.5)
    await submitTestLead(system, 2)
    const count = async (since: string) => (await listLeads(system, 'tall-grass', `?since=${since}`)).leads.length
    expect(await count('2026-11-23T15:00:00.000Z')).toBe(2)
    expect(await count('2026-11-23T15:00:00Z')).toBe(2)
    expect(await count('2026-11-23T15:00:00.001Z')).toBe(1)
    expect(await count('2026-11-23T15:00:00.6Z')).toBe(0)
  })

  it('returns each lead once across pages, with a cursor that is valid only for this school and list', async () => {
    const system = await createTestSystem()
    const leadIds: string[] = []
    for (const number of [1, 2, 3]) leadIds.push((await submitTestLead(system, number)).leadId)
    const first = await listLeads(system, 'tall-grass', '?limit=2')
    const rest = await listLeads(system, 'tall-grass', `?limit=2&cursor=${first.page.nextCursor}`)
    expect([...first.leads, ...rest.leads].map(({ leadId }) => leadId)).toEqual(leadIds)
    expect(rest.page.nextCursor).toBeNull()
    for (const [schoolId, query] of [
      ['bay-shore', `?cursor=${first.page.nextCursor}`],
      ['tall-grass', `?state=pending&cursor=${first.page.nextCursor}`],
      ['tall-grass', `?since=2026-11-23T00:00:00Z&cursor=${first.page.nextCursor}`],
    ] as const)
      expect((await get(system, schoolId, `/v1/school/leads${query}`)).body).toMatchObject({
        errors: [{ pointer: '?cursor', code: 'invalid_cursor' }],
      })
  })

  it.each(['since=yesterday', 'since=2026-11-23', 'limit=0', 'schoolId=bay-shore'])(
    'are not to be had by %s',
    async (query) => {
      expect((await get(await createTestSystem(), 'tall-grass', `/v1/school/leads?${query}`)).status).toBe(422)
    },
  )
})

describe('the log of a delivery', () => {
  it('returns every attempt to the school', async () => {
    const system = await createTestSystem()
    const { schools } = await submitTestLead(system)
    const deliveryId = schools[0]?.deliveryId ?? ''
    await system.api.deliver(deliveryId)
    const { body } = await get(system, 'tall-grass', `/v1/school/deliveries/${deliveryId}`)
    const log = readDeliveryLog.responses[200].body.parse(body)
    expect(log).toMatchObject({ state: 'delivered', attempts: 1, attemptLog: [{ outcome: 'delivered', status: 200 }] })
  })

  it('returns the same bytes for another school’s delivery as for an unknown one', async () => {
    const system = await createTestSystem()
    const { schools } = await submitTestLead(system)
    const ids = [schools[1]?.deliveryId, 'dlv_0000000000000000009999', 'no-id']
    const responses = await Promise.all(ids.map((id) => get(system, 'tall-grass', `/v1/school/deliveries/${id}`)))
    expect(responses[0]?.status).toBe(404)
    expect(responses[1]).toEqual(responses[0])
    expect(responses[2]?.status).toBe(404)
  })
})

describe('the API key of a school', () => {
  const paths = ['/v1/school/leads', '/v1/school/deliveries/dlv_0000000000000000000001']

  it.each(paths)('is required for %s', async (path) => {
    const { api, sourceKey } = await createTestSystem()
    const { status, headers, body } = await api.call('GET', path)
    expect([status, headers['www-authenticate'], body]).toMatchObject([401, 'Bearer', { code: 'KEY_REQUIRED' }])
    for (const authorization of ['Bearer sk_wrong', `Bearer ${sourceKey}`, `Bearer sk_${'A'.repeat(49)}`])
      expect((await api.call('GET', path, { headers: { authorization } })).body).toMatchObject({
        code: 'KEY_INVALID',
      })
    expect((await api.staff('GET', path)).body).toMatchObject({ code: 'KEY_INVALID' })
  })

  it('is refused on staff routes', async () => {
    const { api } = await createTestSystem()
    const headers = { authorization: `Bearer ${await api.schoolKey('tall-grass')}` }
    expect((await api.call('GET', '/v1/ops/leads', { headers })).body).toMatchObject({ code: 'KEY_INVALID' })
  })

  it.each(['bearer', 'BEARER', 'Bearer  '])('is accepted after the scheme “%s”', async (word) => {
    const { api } = await createTestSystem()
    const headers = { authorization: `${word} ${await api.schoolKey('tall-grass')}` }
    expect((await api.call('GET', '/v1/school/leads', { headers })).status).toBe(200)
  })
})

async function get({ api }: TestSystem, schoolId: string, path: string) {
  const headers = { authorization: `Bearer ${await api.schoolKey(schoolId)}` }
  return api.call('GET', path, { headers })
}

async function listLeads(
  system: TestSystem,
  schoolId: string,
  query = '',
): Promise<z.output<(typeof listSchoolLeads.responses)[200]['body']>> {
  const response = await get(system, schoolId, `/v1/school/leads${query}`)
  return listSchoolLeads.responses[200].body.parse(response.body)
}
