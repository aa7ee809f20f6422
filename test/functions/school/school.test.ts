import { describe, expect, it } from 'vitest'
import type * as z from 'zod'
import { listSchoolLeads, readDeliveryLog } from '#shared/contract/school.ts'
import { aSchool, aTown, enquire, type Town, write } from '#test/functions/town.ts'

describe('the leads of a school', () => {
  it('are its own, oldest first, as they were sent', async () => {
    const town = await aTown()
    const receipts = [
      await enquire(town, 1),
      await enquire(town, 2, { schoolIds: ['bay-shore'] }),
      await enquire(town, 3),
    ]
    const { leads } = await leadsOf(town, 'tall-grass')
    expect(leads.map(({ leadId }) => leadId)).toEqual([receipts[0]?.leadId, receipts[2]?.leadId])
    expect(leads[0]).toMatchObject({
      state: 'pending',
      campaignId: 'tall-grass-tx',
      event: {
        type: 'lead.created',
        data: { school: { id: 'tall-grass' }, contact: { firstName: 'Ada', state: 'TX' } },
      },
    })
    expect((await leadsOf(town, 'bay-shore')).leads).toHaveLength(3)
    await write(town.house, 'schools', 'nobody', aSchool())
    expect((await leadsOf(town, 'nobody')).leads).toEqual([])
  })

  it('begin at the instant that is asked for, however it is written', async () => {
    const town = await aTown()
    await enquire(town, 1)
    town.house.pass(0.5)
    await enquire(town, 2)
    const count = async (since: string) => (await leadsOf(town, 'tall-grass', `?since=${since}`)).leads.length
    expect(await count('2026-11-23T15:00:00.000Z')).toBe(2)
    expect(await count('2026-11-23T15:00:00Z')).toBe(2)
    expect(await count('2026-11-23T15:00:00.001Z')).toBe(1)
    expect(await count('2026-11-23T15:00:00.6Z')).toBe(0)
  })

  it('come a page at a time, each once, and their cursor is good for that school and that list alone', async () => {
    const town = await aTown()
    const leadIds: string[] = []
    for (const number of [1, 2, 3]) leadIds.push((await enquire(town, number)).leadId)
    const first = await leadsOf(town, 'tall-grass', '?limit=2')
    const rest = await leadsOf(town, 'tall-grass', `?limit=2&cursor=${first.page.nextCursor}`)
    expect([...first.leads, ...rest.leads].map(({ leadId }) => leadId)).toEqual(leadIds)
    expect(rest.page.nextCursor).toBeNull()
    for (const [schoolId, query] of [
      ['bay-shore', `?cursor=${first.page.nextCursor}`],
      ['tall-grass', `?state=pending&cursor=${first.page.nextCursor}`],
      ['tall-grass', `?since=2026-11-23T00:00:00Z&cursor=${first.page.nextCursor}`],
    ] as const)
      expect((await get(town, schoolId, `/v1/school/leads${query}`)).body).toMatchObject({
        errors: [{ pointer: '?cursor', code: 'invalid_cursor' }],
      })
  })

  it.each(['since=yesterday', 'since=2026-11-23', 'limit=0', 'schoolId=bay-shore'])(
    'are not to be had by %s',
    async (query) => {
      expect((await get(await aTown(), 'tall-grass', `/v1/school/leads?${query}`)).status).toBe(422)
    },
  )
})

describe('the log of a delivery', () => {
  it('is told to its school, attempt by attempt', async () => {
    const town = await aTown()
    const { schools } = await enquire(town)
    const deliveryId = schools[0]?.deliveryId ?? ''
    await town.house.deliver(deliveryId)
    const { body } = await get(town, 'tall-grass', `/v1/school/deliveries/${deliveryId}`)
    const log = readDeliveryLog.responses[200].body.parse(body)
    expect(log).toMatchObject({ state: 'delivered', attempts: 1, attemptLog: [{ outcome: 'delivered', status: 200 }] })
  })

  it('of another school is as absent as one that never was, byte for byte', async () => {
    const town = await aTown()
    const { schools } = await enquire(town)
    const ids = [schools[1]?.deliveryId, 'dlv_0000000000000000009999', 'no-id']
    const answers = await Promise.all(ids.map((id) => get(town, 'tall-grass', `/v1/school/deliveries/${id}`)))
    expect(answers[0]?.status).toBe(404)
    expect(answers[1]).toEqual(answers[0])
    expect(answers[2]?.status).toBe(404)
  })
})

describe('the key of a school', () => {
  const paths = ['/v1/school/leads', '/v1/school/deliveries/dlv_0000000000000000000001']

  it.each(paths)('is needed for %s', async (path) => {
    const { house, sourceKey } = await aTown()
    const { status, headers, body } = await house.call('GET', path)
    expect([status, headers['www-authenticate'], body]).toMatchObject([401, 'Bearer', { code: 'KEY_REQUIRED' }])
    for (const authorization of ['Bearer sk_wrong', `Bearer ${sourceKey}`, `Bearer sk_${'A'.repeat(49)}`])
      expect((await house.call('GET', path, { headers: { authorization } })).body).toMatchObject({
        code: 'KEY_UNKNOWN',
      })
    expect((await house.staff('GET', path)).body).toMatchObject({ code: 'KEY_UNKNOWN' })
  })

  it('opens nothing of staff’s', async () => {
    const { house } = await aTown()
    const headers = { authorization: `Bearer ${await house.schoolKey('tall-grass')}` }
    expect((await house.call('GET', '/v1/ops/leads', { headers })).body).toMatchObject({ code: 'KEY_UNKNOWN' })
  })

  it.each(['bearer', 'BEARER', 'Bearer  '])('may follow the word “%s”', async (word) => {
    const { house } = await aTown()
    const headers = { authorization: `${word} ${await house.schoolKey('tall-grass')}` }
    expect((await house.call('GET', '/v1/school/leads', { headers })).status).toBe(200)
  })
})

async function get({ house }: Town, schoolId: string, path: string) {
  const headers = { authorization: `Bearer ${await house.schoolKey(schoolId)}` }
  return house.call('GET', path, { headers })
}

async function leadsOf(
  town: Town,
  schoolId: string,
  query = '',
): Promise<z.output<(typeof listSchoolLeads.responses)[200]['body']>> {
  const answer = await get(town, schoolId, `/v1/school/leads${query}`)
  return listSchoolLeads.responses[200].body.parse(answer.body)
}
