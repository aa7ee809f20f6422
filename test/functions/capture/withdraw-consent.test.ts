import { describe, expect, it } from 'vitest'
import { leadReceipt } from '#shared/contract/capture/capture.ts'
import { leadStory } from '#shared/contract/operator.ts'
import { aLead, ask, aTown, send, storyOf, type Town } from '#test/functions/town.ts'

const ada = { email: 'ada@mail.example', phone: '(512) 789-1111' }
const contact = { firstName: 'Ada', lastName: 'Example', zip: '78701', ...ada }

describe('a withdrawal of consent', () => {
  it.each([
    ['by e-mail, however it is written', { email: ' ADA@mail.example ' }],
    ['by phone', { phone: '+1 512 789 1111' }],
  ])('%s stops what is still to be sent', async (_, person) => {
    const town = await aTown()
    const leadId = await enquire(town)
    expect((await withdraw(town, person)).status).toBe(202)
    for (const { deliveryId } of town.house.queue.pointers) await town.house.deliver(deliveryId)

    expect(town.house.webhooks.requests).toEqual([])
    expect((await story(town, leadId)).deliveries.map(({ state }) => state)).toEqual(['dead', 'dead'])
  })

  it('keeps a later enquiry from everybody, says why, and keeps the enquiry', async () => {
    const town = await aTown()
    await withdraw(town, ada)
    const { outcome, decisions } = await story(town, await enquire(town))
    expect(outcome).toBe('unmatched')
    expect(new Set(decisions[0]?.verdicts.map(({ reason }) => reason))).toEqual(new Set(['SUPPRESSED']))
  })

  it('is nobody else’s', async () => {
    const town = await aTown()
    await withdraw(town, { email: 'bob@mail.example' })
    expect((await story(town, await enquire(town))).outcome).toBe('accepted')
  })

  it.each([
    ['nobody', {}, ''],
    ['no address', { email: 'ada' }, '/email'],
    ['no number', { phone: '1234567' }, '/phone'],
  ])('that names %s is refused with a pointer', async (_, person, pointer) => {
    const refused = await withdraw(await aTown(), person)
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer }] } })
  })
})

async function enquire(town: Town): Promise<string> {
  const sent = await send(town, aLead(await ask(town), 1, { contact }))
  return leadReceipt.parse(sent.body).leadId
}

async function story(town: Town, leadId: string) {
  return leadStory.parse(await storyOf(town, leadId))
}

function withdraw({ house, sourceKey }: Town, body: object) {
  return house.call('POST', '/v1/consents/withdrawals', { headers: { 'x-source-key': sourceKey }, body })
}
