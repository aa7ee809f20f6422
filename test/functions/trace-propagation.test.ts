import { beforeEach, describe, expect, it } from 'vitest'
import { leadReceipt } from '#shared/contract/capture/capture.ts'
import {
  aCampaign,
  aLead,
  createTestSystem,
  postLead,
  putRecord,
  readLead,
  requestMatch,
  type TestSystem,
} from '#test/functions/create-test-system.ts'
import { webhookResponse } from '#test/functions/house/fakes.ts'

const traceId = '0af7651916cd43dd8448eb211c80319c'
const parentId = 'b7ad6b7169203331'
const incomingTraceparent = `00-${traceId}-${parentId}-00`

let system: TestSystem
beforeEach(async () => {
  system = await createTestSystem()
})

async function submitWithTrace(traceparent: string | undefined, number = 1) {
  const lead = aLead(await requestMatch(system), number, { schoolIds: ['tall-grass'] })
  const response = await postLead(system, lead, {
    'idempotency-key': `form-${number}`,
    ...(traceparent && { traceparent }),
  })
  const { leadId, schools } = leadReceipt.parse(response.body)
  return { answer: response, leadId, deliveryId: schools[0]?.deliveryId ?? '' }
}

async function attemptDelivery(deliveryId: string, status: number) {
  system.api.webhooks.respond = () => webhookResponse(status)
  await system.api.deliver(deliveryId)
  system.api.advanceClock(3600)
}

const sentTraceparents = () => system.api.webhooks.requests.map(({ headers }) => (headers.traceparent ?? '').split('-'))
const loggedTraceIds = (event: string) =>
  system.api.logEntries.flatMap(({ event: name, fields }) =>
    name === event ? ['traceId' in fields ? fields.traceId : undefined] : [],
  )

describe('a lead that came with a traceparent', () => {
  it('takes it along to every attempt, retry and replay: the same trace and flags, each time another parent', async () => {
    const { deliveryId } = await submitWithTrace(incomingTraceparent)
    await attemptDelivery(deliveryId, 500)
    await attemptDelivery(deliveryId, 200)
    await system.api.staff('POST', `/v1/ops/deliveries/${deliveryId}/replay`)
    await attemptDelivery(deliveryId, 200)
    expect(sentTraceparents()).toEqual(Array(3).fill(['00', traceId, expect.stringMatching(/^[\da-f]{16}$/), '00']))
    expect(new Set([parentId, ...sentTraceparents().map(([, , parent]) => parent)]).size).toBe(4)
  })

  it('is signed and sent as if it had none: the trace is no part of the bytes', async () => {
    const { deliveryId } = await submitWithTrace(incomingTraceparent)
    await attemptDelivery(deliveryId, 500)
    await attemptDelivery(deliveryId, 200)
    const bodies = system.api.webhooks.requests.map(({ body }) => body)
    expect(new Set(bodies).size).toBe(1)
    expect(bodies[0]).not.toContain(traceId)
  })

  it('is found by its trace in the log, from the request to the attempt, and tells each attempt by its parent id', async () => {
    const { leadId, deliveryId } = await submitWithTrace(incomingTraceparent)
    await attemptDelivery(deliveryId, 200)
    for (const event of ['lead.saved', 'delivery.attempted']) expect(loggedTraceIds(event)).toEqual([traceId])
    expect(loggedTraceIds('request.answered')).toContain(traceId)
    expect(await readLead(system, leadId)).toMatchObject({
      traceparent: incomingTraceparent,
      deliveries: [{ traceparent: incomingTraceparent, attemptLog: [{ parentId: sentTraceparents()[0]?.[2] }] }],
    })
  })

  it('keeps it where it is offered again', async () => {
    const lead = aLead(await requestMatch(system), 1, { schoolIds: ['tall-grass'] })
    await putRecord(system.api, 'campaigns', 'tall-grass-tx', aCampaign({ status: 'paused' }))
    const { leadId } = leadReceipt.parse((await postLead(system, lead, { traceparent: incomingTraceparent })).body)
    await putRecord(system.api, 'campaigns', 'tall-grass-tx', aCampaign())
    system.api.advanceClock(86_400)
    await system.api.offer()
    expect(loggedTraceIds('lead.offered')).toEqual([traceId])
    expect(await readLead(system, leadId)).toMatchObject({ deliveries: [{ traceparent: incomingTraceparent }] })
  })

  it('is answered the same again, whatever trace it is repeated in', async () => {
    const lead = aLead(await requestMatch(system))
    const once = await postLead(system, lead, { 'idempotency-key': 'form', traceparent: incomingTraceparent })
    const again = await postLead(system, lead, {
      'idempotency-key': 'form',
      traceparent: `00-${'1'.repeat(32)}-${parentId}-01`,
    })
    expect([again.status, again.text]).toEqual([201, once.text])
  })
})

describe('a lead that came without a traceparent, or with a bad one', () => {
  it.each([
    undefined,
    'nonsense',
    `00-${'0'.repeat(32)}-${parentId}-01`,
    `${incomingTraceparent}, ${incomingTraceparent}`,
  ])('is taken, in a trace of its own: %s', async (bad) => {
    const { answer, deliveryId } = await submitWithTrace(bad)
    expect(answer.status).toBe(201)
    await attemptDelivery(deliveryId, 500)
    await attemptDelivery(deliveryId, 200)
    const [first, second] = sentTraceparents()
    expect(first?.[1]).toMatch(/^(?!0{32})[\da-f]{32}$/)
    expect(first?.[1]).not.toBe(traceId)
    expect([second?.[1], second?.[2] === first?.[2]]).toEqual([first?.[1], false])
  })
})

describe('the own shape of a school', () => {
  it.each(['traceparent', 'Traceparent', 'tracestate'])('may not set %s', async (name) => {
    const endpoint = {
      ...aCampaign().endpoint,
      request: {
        format: 'form',
        headers: { [name]: incomingTraceparent },
        fields: { first: '{{ contact.firstName }}' },
      },
    }
    const { status, body } = await system.api.staff('PUT', '/v1/ops/campaigns/tall-grass-tx', {
      body: aCampaign({ endpoint }),
    })
    expect([status, body]).toMatchObject([422, { errors: [{ pointer: `/endpoint/request/headers/${name}` }] }])
  })

  it('is sent in the same trace', async () => {
    const endpoint = {
      ...aCampaign().endpoint,
      request: { format: 'form', fields: { first: '{{ contact.firstName }}' } },
    }
    await putRecord(system.api, 'campaigns', 'tall-grass-tx', aCampaign({ endpoint }))
    const { deliveryId } = await submitWithTrace(incomingTraceparent)
    await attemptDelivery(deliveryId, 200)
    expect(sentTraceparents()[0]?.[1]).toBe(traceId)
  })
})
