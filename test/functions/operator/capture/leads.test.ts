import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { leadTimeline } from '#shared/contract/capture/leads.ts'
import { aCampaign, createTestSystem, putRecord, readLead, submitTestLead } from '#test/functions/create-test-system.ts'
import { webhookResponse } from '#test/functions/house/fakes.ts'

describe('the story of a lead', () => {
  it('tells consent, decision with every verdict, deliveries and attempts', async () => {
    const system = await createTestSystem()
    const rules = { field: 'age', op: 'at-least', value: 21 }
    await putRecord(system.api, 'campaigns', 'grown-up', aCampaign({ rules }))
    system.api.webhooks.respond = () => webhookResponse(503, 'Busy.')
    const { leadId } = await submitTestLead(system)
    for (const { deliveryId } of system.api.queue.pointers) await system.api.deliver(deliveryId)
    const story = leadTimeline.parse(await readLead(system, leadId))
    expect(story.decisions).toHaveLength(1)
    expect(story.decisions[0]).toMatchObject({ rulesVersion: expect.any(String), seed: leadId })
    expect(story.decisions[0]?.verdicts).toMatchObject([
      { campaignId: 'tall-grass-tx', selected: true, rank: 1 },
      { campaignId: 'bay-shore-tx', selected: true, rank: 2 },
      { campaignId: 'grown-up', selected: false, reason: 'AGE' },
    ])
    expect(story.deliveries).toMatchObject([
      {
        state: 'pending',
        attempts: 1,
        attemptLog: [{ number: 1, outcome: 'uncounted-retry', status: 503, response: 'Busy.' }],
      },
      { state: 'delivered', attempts: 1, attemptLog: [{ kind: 'email', outcome: 'delivered' }] },
    ])
  })

  it.each(['lead_0000000000000000009999', 'lead_short', 'dlv_0000000000000000000001'])(
    'of %s is not there',
    async (id) => {
      const { api } = await createTestSystem()
      expect((await api.staff('GET', `/v1/ops/leads/${id}`)).body).toMatchObject({ code: 'NOT_FOUND' })
    },
  )
})

describe('the leads of a day', () => {
  it('come latest first, a page at a time, with nobody’s name', async () => {
    const system = await createTestSystem()
    const leadIds: string[] = []
    for (const number of [1, 2, 3]) {
      leadIds.unshift((await submitTestLead(system, number)).leadId)
      system.api.advanceClock(1)
    }
    const { body, text, headers } = await system.api.staff('GET', '/v1/ops/leads?limit=2')
    const first = list.parse(body)
    expect(text).not.toMatch(/ada|mail\.example/i)
    expect(headers.link).toContain('rel="next"')
    const rest = await system.api.staff('GET', `/v1/ops/leads?limit=2&cursor=${first.page.nextCursor}`)
    expect([...first.leads, ...list.parse(rest.body).leads].map(({ leadId }) => leadId)).toEqual(leadIds)
  })

  it('are those of that day alone, and the cursor of one is not that of another', async () => {
    const system = await createTestSystem()
    await submitTestLead(system, 1)
    await submitTestLead(system, 2)
    system.api.advanceClock(86_400)
    await submitTestLead(system, 3)
    const today = list.parse((await system.api.staff('GET', '/v1/ops/leads')).body)
    const before = list.parse((await system.api.staff('GET', '/v1/ops/leads?day=2026-11-23&limit=1')).body)
    expect([today.leads.length, before.leads.length]).toEqual([1, 1])
    const { body } = await system.api.staff('GET', `/v1/ops/leads?cursor=${before.page.nextCursor}`)
    expect(body).toMatchObject({ errors: [{ code: 'invalid_cursor' }] })
    expect((await system.api.staff('GET', '/v1/ops/leads?day=yesterday')).status).toBe(422)
  })
})

const list = z.object({
  leads: z.array(z.object({ leadId: z.string() })),
  page: z.object({ nextCursor: z.string().nullable() }),
})
