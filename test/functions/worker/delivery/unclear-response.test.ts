import { beforeEach, describe, expect, it } from 'vitest'
import { addSeconds } from '#shared/domain/time.ts'
import {
  aCampaign,
  createTestSystem,
  putRecord,
  submitTestLead,
  type TestSystem,
} from '#test/functions/create-test-system.ts'
import { webhookResponse } from '#test/functions/house/fakes.ts'
import { deliverDue } from '#test/functions/routing/create-test-market.ts'

let system: TestSystem
beforeEach(async () => {
  system = await createTestSystem()
})

describe('a school that answers 503 with a short Retry-After', () => {
  it('gets its other leads as soon as that has passed, and reads until when they wait', async () => {
    const [first, second] = [await createLead(1), await createLead(2)]
    system.api.webhooks.respond = () => webhookResponse(503, '', { 'retry-after': '3' })
    await system.api.deliver(first)
    await system.api.deliver(second)
    expect(system.api.webhooks.requests).toHaveLength(1)
    const until = addSeconds(readClock(), 3)
    expect(await readCircuit()).toEqual({ state: 'open', until, failures: 1 })
    system.api.advanceClock(3)
    expect(await readCircuit()).toEqual({ state: 'half-open', until, failures: 1 })

    system.api.webhooks.respond = () => webhookResponse(200)
    for (let second = 0; second < 12; second++) {
      system.api.advanceClock(1)
      await deliverDue(system)
    }
    for (const id of [first, second]) expect(await readDelivery(id)).toMatchObject({ state: 'delivered' })
    expect(await readCircuit()).toEqual({ state: 'closed', failures: 0 })
  })
})

describe('a school whose 2xx stays unclear under its response rules', () => {
  it('gets a lead five times at most, alerts staff long before, and gets it again when it is resent', async () => {
    const endpoint = { ...aCampaign().endpoint, preset: 'leadconduit' }
    await putRecord(system.api, 'campaigns', 'tall-grass-tx', aCampaign({ endpoint }))
    const id = await createLead(1)
    system.api.webhooks.respond = () => webhookResponse(200, '<html>Thank you</html>')
    await system.api.deliver(id)
    for (const hours of [1, 2, 15, 30, 30, 30]) {
      system.api.advanceClock(hours * 3600)
      await deliverDue(system)
    }
    expect(system.api.webhooks.requests).toHaveLength(5)
    expect(listAlerts()).toEqual(['response-unclear', 'delivery-failed'])
    expect(await readDelivery(id)).toMatchObject({ state: 'dead', unclearResponses: 5, uncertain: true })

    await system.api.createDependencies('operator').deliveries.replay(id, { at: readClock() })
    expect((await readDelivery(id))?.unclearResponses).toBeUndefined()
  })
})

it('a lead that was delivered at once was never uncertain', async () => {
  const id = await createLead(1)
  await system.api.deliver(id)
  expect(await readDelivery(id)).toMatchObject({ state: 'delivered', uncertain: false })
})

const readClock = () => system.api.createDependencies('operator').now().toISOString()
const readDelivery = (deliveryId: string) =>
  system.api.createDependencies('operator').deliveries.findWithAttempts(deliveryId)

async function createLead(number: number): Promise<string> {
  const { schools } = await submitTestLead(system, number, { schoolIds: ['tall-grass'] })
  return schools[0]?.deliveryId ?? ''
}

async function readCircuit(): Promise<unknown> {
  const authorization = `Bearer ${await system.api.schoolKey('tall-grass')}`
  const { body } = await system.api.call('GET', '/v1/school', { headers: { authorization } })
  return (body as { circuit: unknown }).circuit
}

function listAlerts(): unknown[] {
  return system.api.logEntries.flatMap(({ event, fields }) =>
    event === 'school.alert' && 'why' in fields ? [fields.why] : [],
  )
}
