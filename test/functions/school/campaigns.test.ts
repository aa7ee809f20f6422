import { beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import {
  aCampaign,
  aProgram,
  createTestSystem,
  putRecord,
  requestMatch,
  submitTestLead,
  type TestSystem,
} from '#test/functions/create-test-system.ts'

let system: TestSystem
let authorization: string
beforeEach(async () => {
  system = await createTestSystem()
  authorization = `Bearer ${await system.api.schoolKey('tall-grass')}`
})

const path = '/v1/school/campaigns/tall-grass-tx'
const patchCampaign = (body: object, headers: { [name: string]: string } = {}) =>
  system.api.call('PATCH', path, { headers: { authorization, ...headers }, body })
const readOwnSchool = async () => (await system.api.call('GET', '/v1/school', { headers: { authorization } })).body
const listShownSchools = async () => (await requestMatch(system)).schools.map(({ schoolId }) => schoolId)

describe('the campaign of a school', () => {
  it('applies pause and resume by the school to routing at once', async () => {
    expect(await listShownSchools()).toContain('tall-grass')
    expect(await patchCampaign({ status: 'paused' })).toMatchObject({
      status: 200,
      body: { status: 'paused', version: 2 },
    })
    expect(await listShownSchools()).toEqual(['bay-shore'])
    await patchCampaign({ status: 'active' })
    expect(await listShownSchools()).toContain('tall-grass')
  })

  it('applies a cap set by the school and shows its usage', async () => {
    await patchCampaign({ caps: [{ period: 'day', limit: 1 }] })
    await submitTestLead(system, 1)
    expect(await readOwnSchool()).toMatchObject({
      schoolId: 'tall-grass',
      campaigns: [{ id: 'tall-grass-tx', capUsage: [{ period: 'day', limit: 1, used: 1 }] }],
    })
    expect(await listShownSchools()).toEqual(['bay-shore'])
  })

  it('never returns an endpoint secret to the school', async () => {
    expect(JSON.stringify(await readOwnSchool())).not.toContain('whsec_')
  })

  it.each([{ priceCents: 1 }, { rules: {} }, { endpoint: { kind: 'email', to: 'a@b.example' } }, {}])(
    'keeps what staff decide: %j is refused',
    async (body) => {
      expect((await patchCampaign(body)).status).toBe(422)
    },
  )

  it('keeps concurrent changes of staff to other fields', async () => {
    system.api.watch.beforeCommit = async () => {
      system.api.watch.beforeCommit = async () => {}
      const { body } = await system.api.staff('GET', '/v1/ops/campaigns/tall-grass-tx')
      const { id: _, version: __, updatedAt: ___, ...campaignBody } = z.looseObject({}).parse(body)
      await system.api.staff('PUT', '/v1/ops/campaigns/tall-grass-tx', { body: { ...campaignBody, priceCents: 9900 } })
    }
    expect((await patchCampaign({ status: 'paused' })).status).toBe(200)
    const { body } = await system.api.staff('GET', '/v1/ops/campaigns/tall-grass-tx')
    expect(body).toMatchObject({ status: 'active', schoolStatus: 'paused', priceCents: 9900 })
  })

  it('refuses a change with an outdated ETag', async () => {
    await patchCampaign({ status: 'paused' })
    expect(await patchCampaign({ status: 'active' }, { 'if-match': '"1"' })).toMatchObject({
      status: 412,
      body: { code: 'VERSION_CONFLICT' },
    })
  })

  it('sends a test lead that is free and counts against no cap', async () => {
    const gpa = { id: 'gpa', kind: 'number', label: 'Your GPA', min: 0, max: 4 }
    await putRecord(system.api, 'programs', 'tall-grass-hit', aProgram({ questions: [gpa] }))
    await patchCampaign({ caps: [{ period: 'day', limit: 1 }], status: 'paused' })
    const response = await system.api.call('POST', '/v1/school/test-leads', {
      headers: { authorization },
      body: { campaignId: 'tall-grass-tx' },
    })
    expect(response.status).toBe(202)
    const { deliveryId } = z.object({ deliveryId: z.string() }).parse(response.body)
    await system.api.deliver(deliveryId)
    expect(JSON.parse(system.api.webhooks.requests.at(-1)?.body ?? '')).toMatchObject({
      data: { test: true, deliveryId, startWindow: '1-3-months', answers: { gpa: 2 } },
    })
    expect(system.api.webhooks.requests.at(-1)?.headers.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/)
    const list = await system.api.call('GET', '/v1/school/leads', { headers: { authorization } })
    expect(list.body).toMatchObject({ leads: [{ deliveryId, state: 'delivered', event: { data: { test: true } } }] })
    expect(await readOwnSchool()).toMatchObject({ campaigns: [{ capUsage: [{ used: 0 }] }] })
    await system.api.reconcile()
    const { body } = await system.api.staff('GET', '/v1/ops/reports/reconciliation')
    expect(body).toMatchObject({ drift: 0 })
  })

  it('gets a test lead of staff while it is paused, with the audit entry of staff', async () => {
    await putRecord(system.api, 'campaigns', 'tall-grass-tx', aCampaign({ status: 'paused' }))
    const { status, body } = await system.api.staff('POST', '/v1/ops/campaigns/tall-grass-tx/test-leads')
    expect(status).toBe(202)
    const { leadId, deliveryId } = z.object({ leadId: z.string(), deliveryId: z.string() }).parse(body)
    await system.api.deliver(deliveryId)
    expect((await system.api.staff('GET', `/v1/ops/leads/${leadId}`)).body).toMatchObject({
      test: true,
      deliveries: [{ deliveryId, state: 'delivered', attemptLog: [{ outcome: 'delivered' }] }],
    })
    const audit = await system.api.staff('GET', '/v1/ops/audit?action=test-lead.sent')
    expect(audit.body).toMatchObject({ entries: [{ actor: { kind: 'staff' }, record: { id: 'tall-grass-tx' } }] })
    expect((await system.api.staff('POST', '/v1/ops/campaigns/unknown/test-leads')).status).toBe(404)
  })

  it('limits test leads of school and staff together to ten per minute', async () => {
    const responses = [await system.api.staff('POST', '/v1/ops/campaigns/tall-grass-tx/test-leads')]
    for (let time = 0; time < 10; time++)
      responses.push(
        await system.api.call('POST', '/v1/school/test-leads', {
          headers: { authorization },
          body: { campaignId: 'tall-grass-tx' },
        }),
      )
    expect(responses.map(({ status }) => status)).toEqual([...Array(10).fill(202), 429])
  })
})
