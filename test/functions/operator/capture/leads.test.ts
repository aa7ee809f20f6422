import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { leadStory } from '#shared/contract/operator.ts'
import { answered } from '#test/functions/house/fakes.ts'
import { aCampaign, aTown, enquire, storyOf, write } from '#test/functions/town.ts'

describe('the story of a lead', () => {
  it('tells consent, decision with every verdict, deliveries and attempts', async () => {
    const town = await aTown()
    const rules = { field: 'age', op: 'at-least', value: 21 }
    await write(town.house, 'campaigns', 'grown-up', aCampaign({ rules }))
    town.house.webhooks.answer = () => answered(503, 'Busy.')
    const { leadId } = await enquire(town)
    for (const { deliveryId } of town.house.queue.pointers) await town.house.deliver(deliveryId)
    const story = leadStory.parse(await storyOf(town, leadId))
    expect(story.decisions).toHaveLength(1)
    expect(story.decisions[0]).toMatchObject({ rulesVersion: expect.any(String), seed: leadId })
    expect(story.decisions[0]?.verdicts).toMatchObject([
      { campaignId: 'tall-grass-tx', selected: true, rank: 1 },
      { campaignId: 'bay-shore-tx', selected: true, rank: 2 },
      { campaignId: 'grown-up', selected: false, reason: 'AGE' },
    ])
    expect(story.deliveries).toMatchObject([
      { state: 'pending', attempts: 1, attemptLog: [{ number: 1, outcome: 'held', status: 503, answer: 'Busy.' }] },
      { state: 'delivered', attempts: 1, attemptLog: [{ kind: 'email', outcome: 'delivered' }] },
    ])
  })

  it.each(['lead_0000000000000000009999', 'lead_short', 'dlv_0000000000000000000001'])(
    'of %s is not there',
    async (id) => {
      const { house } = await aTown()
      expect((await house.staff('GET', `/v1/ops/leads/${id}`)).body).toMatchObject({ code: 'NOT_FOUND' })
    },
  )
})

describe('the leads of a day', () => {
  it('come latest first, a page at a time, with nobody’s name', async () => {
    const town = await aTown()
    const leadIds: string[] = []
    for (const number of [1, 2, 3]) {
      leadIds.unshift((await enquire(town, number)).leadId)
      town.house.pass(1)
    }
    const { body, text, headers } = await town.house.staff('GET', '/v1/ops/leads?limit=2')
    const first = list.parse(body)
    expect(text).not.toMatch(/ada|mail\.example/i)
    expect(headers.link).toContain('rel="next"')
    const rest = await town.house.staff('GET', `/v1/ops/leads?limit=2&cursor=${first.page.nextCursor}`)
    expect([...first.leads, ...list.parse(rest.body).leads].map(({ leadId }) => leadId)).toEqual(leadIds)
  })

  it('are those of that day alone, and the cursor of one is not that of another', async () => {
    const town = await aTown()
    await enquire(town, 1)
    await enquire(town, 2)
    town.house.pass(86_400)
    await enquire(town, 3)
    const today = list.parse((await town.house.staff('GET', '/v1/ops/leads')).body)
    const before = list.parse((await town.house.staff('GET', '/v1/ops/leads?day=2026-11-23&limit=1')).body)
    expect([today.leads.length, before.leads.length]).toEqual([1, 1])
    const { body } = await town.house.staff('GET', `/v1/ops/leads?cursor=${before.page.nextCursor}`)
    expect(body).toMatchObject({ errors: [{ code: 'invalid_cursor' }] })
    expect((await town.house.staff('GET', '/v1/ops/leads?day=yesterday')).status).toBe(422)
  })
})

const list = z.object({
  leads: z.array(z.object({ leadId: z.string() })),
  page: z.object({ nextCursor: z.string().nullable() }),
})
