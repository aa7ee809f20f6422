import { beforeEach, describe, expect, it } from 'vitest'
import type { Engine, Row } from '#shared/store/engine/engine.ts'
import { attemptKey, deliveryKey, type Table } from '#shared/store/keys.ts'
import { createTestSystem, submitTestLead, type TestSystem } from '#test/functions/create-test-system.ts'
import { erase } from '#test/functions/erasure/canary-lead.ts'
import { webhookResponse } from '#test/functions/house/fakes.ts'
import { memoryEngine } from '#test/memory-engine.ts'

let system: TestSystem
let deliveryId: string
const useSchool = async (schoolId: 'tall-grass' | 'bay-shore', billsBytes = true) => {
  system = await createTestSystem({ createEngine: (now) => ({ ...memoryEngine(now), billsBytes }) })
  const { schools } = await submitTestLead(system, 1, { schoolIds: [schoolId] })
  deliveryId = schools[0]?.deliveryId ?? ''
}
beforeEach(() => useSchool('tall-grass'))

describe('the first attempt of a delivery', () => {
  it('is in the row of the delivery, and a later one has a row of its own', async () => {
    system.api.webhooks.respond = () => webhookResponse(500)
    await system.api.deliver(deliveryId)
    expect(await listRows()).toEqual(['CONTENT', 'DELIVERY'])
    system.api.advanceClock(3600)
    await system.api.deliver(deliveryId)
    expect(await listRows()).toEqual(['ATTEMPT#0002', 'CONTENT', 'DELIVERY'])
    expect(await readAttempts()).toMatchObject([
      { number: 1, deliveryId, outcome: 'retry' },
      { number: 2, deliveryId, outcome: 'retry' },
    ])
  })

  it('is in the only row of the delivery where no write is billed by the kilobyte', async () => {
    await useSchool('tall-grass', false)
    await system.api.deliver(deliveryId)
    expect(await listRows()).toEqual(['DELIVERY'])
    expect(await readAttempts()).toMatchObject([{ number: 1, deliveryId, outcome: 'delivered' }])
  })

  it('has a row of its own if its response is long', async () => {
    system.api.webhooks.respond = () => webhookResponse(400, 'x'.repeat(500))
    await system.api.deliver(deliveryId)
    expect(await listRows()).toEqual(['ATTEMPT#0001', 'CONTENT', 'DELIVERY'])
    expect(await readAttempts()).toMatchObject([{ number: 1, response: 'x'.repeat(500) }])
  })

  it.each(['in the row of its delivery', 'in a row of its own, as an earlier edition stored it'])(
    'is marked as bounced %s',
    async (place) => {
      await useSchool('bay-shore')
      await system.api.deliver(deliveryId)
      if (place !== 'in the row of its delivery') await moveToOwnRow()
      await system.api.bounce({
        deliveryId,
        messageId: 'message-1',
        to: ['leads@bay-shore.example'],
        why: 'bounced',
        lasting: true,
      })
      expect(await readAttempts()).toMatchObject([{ number: 1, bouncedAt: system.api.clock.now.toISOString() }])
      expect(await readDelivery()).toMatchObject({ state: 'parked' })
    },
  )

  it.each(['in the row of its delivery', 'in a row of its own, as an earlier edition stored it'])(
    'loses the response when its person is erased, %s',
    async (place) => {
      system.api.webhooks.respond = () => webhookResponse(200, 'Thank you')
      await system.api.deliver(deliveryId)
      if (place !== 'in the row of its delivery') await moveToOwnRow()
      expect(await readAttempts()).toMatchObject([{ response: 'Thank you' }])
      await erase(system, { email: 'ada1@mail.example' })
      expect(await readDelivery()).toMatchObject({ state: 'erased' })
      const [attempt] = await readAttempts()
      expect(attempt).toMatchObject({ number: 1, outcome: 'delivered', status: 200 })
      expect(attempt).not.toHaveProperty('response')
    },
  )
})

const getEngine = (): Engine<Table> => system.api.engine
const queryRows = async (): Promise<Row[]> =>
  (await getEngine().query({ in: 'leads', pk: deliveryKey(deliveryId).pk, limit: 20 })).items
const listRows = async () => (await queryRows()).map(({ sk }) => sk).filter((sk) => !sk.startsWith('DISPOSITION#'))
const readDelivery = () => system.api.createDependencies('operator').deliveries.findWithAttempts(deliveryId)
const readAttempts = async () => (await readDelivery())?.attemptLog ?? []

async function moveToOwnRow() {
  const [attempt] = await readAttempts()
  await getEngine().transact([
    { in: 'leads', put: { ...attemptKey(deliveryId, 1), ...JSON.parse(JSON.stringify(attempt)) } },
    { in: 'leads', change: deliveryKey(deliveryId), remove: ['firstAttempt'] },
  ])
}
