import { describe, expect, inject, it } from 'vitest'
import { messageRetryDelays } from '#shared/domain/aftercare/visitor-message.ts'
import { visitorMessageStore } from '#shared/store/aftercare/visitor-messages.ts'
import type { Engine } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'
import { describeUnless } from '#test/describe-unless.ts'
import {
  aLead,
  createTestSystem,
  postLead,
  putRecord,
  requestMatch,
  submitLeadMarkedTest,
  submitTestLead,
  type TestSystem,
} from '#test/functions/create-test-system.ts'
import { openDynamodb } from '#test/functions/routing/open-dynamodb.ts'

const publicUrl = 'https://leads.example.org'
const createSystem = (options: { createEngine?: (now: () => Date) => Engine<Table> } = {}) =>
  createTestSystem({ publicUrl, ...options })

async function send(system: TestSystem) {
  await system.api.sendVisitorMessages()
  return system.api.mailbox.messages
}

describe('the email that confirms a request', () => {
  it('names the schools that the visitor agreed to, links to the page that stops them, and is sent once', async () => {
    const system = await createSystem()
    const { withdrawalPath = '' } = await submitTestLead(system)
    const [message, ...others] = await send(system)
    expect(others).toEqual([])
    expect(message).toMatchObject({ to: 'ada1@mail.example', subject: 'Your request for information' })
    for (const part of [message?.html, message?.text])
      for (const text of ['Tall Grass College', 'Bay Shore Institute', publicUrl + withdrawalPath])
        expect(part).toContain(text)
    expect(message?.headers).toMatchObject({
      'List-Unsubscribe': `<${publicUrl}${withdrawalPath}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    })
    system.api.advanceClock(24 * 3600)
    expect(await send(system)).toHaveLength(1)
    const page = await system.api.call('GET', withdrawalPath)
    expect(page).toMatchObject({ status: 200 })
  })

  it('names only the schools that stayed checked', async () => {
    const system = await createSystem()
    const match = await requestMatch(system)
    await postLead(system, aLead(match, 1, { schoolIds: ['bay-shore'] }))
    const [message] = await send(system)
    expect(message?.text).toContain('Bay Shore Institute')
    expect(message?.text).not.toContain('Tall Grass')
  })

  it('is not sent for a source without it, for a test lead, or if no link could be in it', async () => {
    const system = await createSystem()
    await submitLeadMarkedTest(system)
    await putRecord(system.api, 'sources', 'landing', { name: 'Landing page', mode: 'live', confirmationEmail: false })
    await submitTestLead(system)
    expect(await send(system)).toEqual([])
    const withoutAddress = await createTestSystem()
    await submitTestLead(withoutAddress)
    expect(await send(withoutAddress)).toEqual([])
  })

  it('is not sent to people who withdrew meanwhile, must not be contacted, or were erased', async () => {
    const system = await createSystem()
    const [withdrawn, erased] = [await submitTestLead(system, 1), await submitTestLead(system, 2)]
    await system.api.call('POST', withdrawn.withdrawalPath ?? '')
    await system.api.continueWithdrawals()
    await system.api.staff('POST', '/v1/ops/erasures', { body: { leadId: erased.leadId } })
    const listed = { csv: 'email\nada3@mail.example\n', reason: 'List.', list: 'litigator' }
    await system.api.staff('POST', '/v1/ops/suppressions/imports', { body: listed })
    await submitTestLead(system, 3)
    expect(await send(system)).toEqual([])
    expect(system.api.logEntries.filter(({ event }) => event === 'visitor.informed')).toHaveLength(3)
  })

  it('tells a page nothing about a person who is known: the same response, and an email to the same address', async () => {
    const system = await createSystem()
    await submitTestLead(system, 1)
    const again = await postLead(system, aLead(await requestMatch(system), 1))
    expect(again).toMatchObject({ status: 201, body: { outcome: 'accepted' } })
    expect((await send(system)).map(({ to }) => to)).toEqual(['ada1@mail.example', 'ada1@mail.example'])
  })

  it('is tried again after a fault of the mail server, and dropped after the last attempt', async () => {
    const system = await createSystem()
    await submitTestLead(system)
    system.api.mailbox.fault = { cause: 'ours', reason: 'ECONNREFUSED', mayHaveArrived: false }
    await send(system)
    for (const delay of messageRetryDelays) {
      system.api.advanceClock(delay)
      await send(system)
    }
    const outcomes = system.api.logEntries.flatMap(({ event, fields }) =>
      event === 'visitor.informed' ? [Object(fields).outcome] : [],
    )
    expect(outcomes).toEqual([...messageRetryDelays.map(() => 'failed'), 'dropped'])
    expect(JSON.stringify(system.api.logEntries)).not.toContain('ada1@')
  })
})

const { endpoint, missing } = inject('dynamodbLocal')
describeUnless(missing, 'the outbox of emails to visitors on both engines', () => {
  it.each(['SQLite', 'DynamoDB'])('gives each message to one of several senders at once: %s', async (name) => {
    const dynamodb = name === 'DynamoDB' ? await openDynamodb(endpoint) : undefined
    const system = await createSystem(dynamodb ? { createEngine: dynamodb.createEngine } : {})
    await submitTestLead(system, 1)
    await submitTestLead(system, 2)
    await Promise.all([send(system), send(system), send(system)])
    expect(system.api.mailbox.messages.map(({ to }) => to).toSorted()).toEqual([
      'ada1@mail.example',
      'ada2@mail.example',
    ])
    const { visitorMessages } = system.api.createDependencies('worker/visitor-mail')
    expect(await visitorMessages.listDue('2030-01-01T00:00:00.000Z', 10)).toEqual([])
    dynamodb?.close()
  })

  it('lists no message that another sender leases while the list is read', async () => {
    const system = await createSystem()
    await submitTestLead(system)
    const now = system.api.clock.now.toISOString()
    const other = visitorMessageStore(system.api.engine)
    const [message] = await other.listDue(now, 10)
    if (!message) throw new Error('No message is due.')
    const store = visitorMessageStore({
      ...system.api.engine,
      query: async (request) => {
        const page = await system.api.engine.query(request)
        await other.lease(message, { token: 'att_other', until: '2026-11-23T15:01:00.000Z' })
        return page
      },
    })
    expect(await store.listDue(now, 10)).toEqual([])
  })

  it.each(['SQLite', 'DynamoDB'])('sends again what a sender left when it died: %s', async (name) => {
    const dynamodb = name === 'DynamoDB' ? await openDynamodb(endpoint) : undefined
    const system = await createSystem(dynamodb ? { createEngine: dynamodb.createEngine } : {})
    await submitTestLead(system)
    const { visitorMessages } = system.api.createDependencies('worker/visitor-mail')
    const now = system.api.clock.now.toISOString()
    const [message] = await visitorMessages.listDue(now, 10)
    if (!message) throw new Error('No message is due.')
    const dead = await visitorMessages.lease(message, { token: 'att_dead', until: '2026-11-23T15:01:00.000Z' })
    expect(dead).toBeDefined()
    expect(await visitorMessages.lease(message, { token: 'att_late', until: '2026-11-23T15:01:00.000Z' })).toBe(
      undefined,
    )
    expect(await send(system)).toEqual([])
    system.api.advanceClock(60)
    expect(await send(system)).toHaveLength(1)
    // Its lease is lost, so the dead sender changes nothing if it comes back.
    if (dead) await visitorMessages.settle(dead, '2026-11-23T15:05:00.000Z')
    expect(await visitorMessages.listDue('2030-01-01T00:00:00.000Z', 10)).toEqual([])
    dynamodb?.close()
  })
})
