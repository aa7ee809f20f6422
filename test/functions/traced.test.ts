import { beforeEach, describe, expect, it } from 'vitest'
import { leadReceipt } from '#shared/contract/capture/capture.ts'
import { answered } from '#test/functions/house/fakes.ts'
import { aCampaign, aLead, ask, aTown, send, storyOf, type Town, write } from '#test/functions/town.ts'

const traceId = '0af7651916cd43dd8448eb211c80319c'
const parentId = 'b7ad6b7169203331'
const given = `00-${traceId}-${parentId}-00`

let town: Town
beforeEach(async () => {
  town = await aTown()
})

async function enquireAs(traceparent: string | undefined, number = 1) {
  const lead = aLead(await ask(town), number, { schoolIds: ['tall-grass'] })
  const answer = await send(town, lead, { 'idempotency-key': `form-${number}`, ...(traceparent && { traceparent }) })
  const { leadId, schools } = leadReceipt.parse(answer.body)
  return { answer, leadId, deliveryId: schools[0]?.deliveryId ?? '' }
}

async function attempt(deliveryId: string, status: number) {
  town.house.webhooks.answer = () => answered(status)
  await town.house.deliver(deliveryId)
  town.house.pass(3600)
}

const traces = () => town.house.webhooks.requests.map(({ headers }) => (headers.traceparent ?? '').split('-'))
const traceIdsLogged = (event: string) =>
  town.house.logged.flatMap(({ event: name, fields }) =>
    name === event ? ['traceId' in fields ? fields.traceId : undefined] : [],
  )

describe('a lead that came with a traceparent', () => {
  it('takes it along to every attempt, retry and replay: the same trace and flags, each time another parent', async () => {
    const { deliveryId } = await enquireAs(given)
    await attempt(deliveryId, 500)
    await attempt(deliveryId, 200)
    await town.house.staff('POST', `/v1/ops/deliveries/${deliveryId}/replay`)
    await attempt(deliveryId, 200)
    expect(traces()).toEqual(Array(3).fill(['00', traceId, expect.stringMatching(/^[\da-f]{16}$/), '00']))
    expect(new Set([parentId, ...traces().map(([, , parent]) => parent)]).size).toBe(4)
  })

  it('is signed and sent as if it had none: the trace is no part of the bytes', async () => {
    const { deliveryId } = await enquireAs(given)
    await attempt(deliveryId, 500)
    await attempt(deliveryId, 200)
    const bodies = town.house.webhooks.requests.map(({ body }) => body)
    expect(new Set(bodies).size).toBe(1)
    expect(bodies[0]).not.toContain(traceId)
  })

  it('is found by its trace in the log, from the request to the attempt, and tells each attempt by its parent id', async () => {
    const { leadId, deliveryId } = await enquireAs(given)
    await attempt(deliveryId, 200)
    for (const event of ['lead.kept', 'delivery.attempted']) expect(traceIdsLogged(event)).toEqual([traceId])
    expect(traceIdsLogged('request.answered')).toContain(traceId)
    expect(await storyOf(town, leadId)).toMatchObject({
      traceparent: given,
      deliveries: [{ traceparent: given, attemptLog: [{ parentId: traces()[0]?.[2] }] }],
    })
  })

  it('keeps it where it is offered again', async () => {
    const lead = aLead(await ask(town), 1, { schoolIds: ['tall-grass'] })
    await write(town.house, 'campaigns', 'tall-grass-tx', aCampaign({ status: 'paused' }))
    const { leadId } = leadReceipt.parse((await send(town, lead, { traceparent: given })).body)
    await write(town.house, 'campaigns', 'tall-grass-tx', aCampaign())
    town.house.pass(86_400)
    await town.house.offer()
    expect(traceIdsLogged('lead.offered')).toEqual([traceId])
    expect(await storyOf(town, leadId)).toMatchObject({ deliveries: [{ traceparent: given }] })
  })

  it('is answered the same again, whatever trace it is repeated in', async () => {
    const lead = aLead(await ask(town))
    const once = await send(town, lead, { 'idempotency-key': 'form', traceparent: given })
    const again = await send(town, lead, {
      'idempotency-key': 'form',
      traceparent: `00-${'1'.repeat(32)}-${parentId}-01`,
    })
    expect([again.status, again.text]).toEqual([201, once.text])
  })
})

describe('a lead that came without a traceparent, or with a bad one', () => {
  it.each([undefined, 'nonsense', `00-${'0'.repeat(32)}-${parentId}-01`, `${given}, ${given}`])(
    'is taken, in a trace of its own: %s',
    async (bad) => {
      const { answer, deliveryId } = await enquireAs(bad)
      expect(answer.status).toBe(201)
      await attempt(deliveryId, 500)
      await attempt(deliveryId, 200)
      const [first, second] = traces()
      expect(first?.[1]).toMatch(/^(?!0{32})[\da-f]{32}$/)
      expect(first?.[1]).not.toBe(traceId)
      expect([second?.[1], second?.[2] === first?.[2]]).toEqual([first?.[1], false])
    },
  )
})

describe('the own shape of a school', () => {
  it.each(['traceparent', 'Traceparent', 'tracestate'])('may not set %s', async (name) => {
    const endpoint = {
      ...aCampaign().endpoint,
      request: { format: 'form', headers: { [name]: given }, fields: { first: '{{ contact.firstName }}' } },
    }
    const { status, body } = await town.house.staff('PUT', '/v1/ops/campaigns/tall-grass-tx', {
      body: aCampaign({ endpoint }),
    })
    expect([status, body]).toMatchObject([422, { errors: [{ pointer: `/endpoint/request/headers/${name}` }] }])
  })

  it('is sent in the same trace', async () => {
    const endpoint = {
      ...aCampaign().endpoint,
      request: { format: 'form', fields: { first: '{{ contact.firstName }}' } },
    }
    await write(town.house, 'campaigns', 'tall-grass-tx', aCampaign({ endpoint }))
    const { deliveryId } = await enquireAs(given)
    await attempt(deliveryId, 200)
    expect(traces()[0]?.[1]).toBe(traceId)
  })
})
