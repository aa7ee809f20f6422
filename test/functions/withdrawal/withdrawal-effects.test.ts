import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { searchSuppressions } from '#shared/contract/aftercare/suppressions.ts'
import { suppression, withdrawalChannel } from '#shared/domain/aftercare/suppression.ts'
import { createTestSystem, parseKey, putRecord, type TestSystem } from '#test/functions/create-test-system.ts'
import { webhookResponse } from '#test/functions/house/fakes.ts'
import { deliverDue } from '#test/functions/routing/create-test-market.ts'
import {
  ada,
  createDeliveredSystem,
  listNotices,
  readStory,
  settleWithdrawal,
  submitAda,
  withdrawOnPage,
} from './withdrawal-fixture.ts'

const day = 86_400
const getState = async (system: TestSystem, leadId: string) =>
  (await readStory(system, leadId)).deliveries.map(({ state, withdrawnAt }) => [state, withdrawnAt !== undefined])

describe('after a withdrawal of consent', () => {
  it('waiting deliveries end at once, their caps are released, and no school is told of a lead that it never got', async () => {
    const system = await createTestSystem()
    const leadId = await submitAda(system)
    system.api.advanceClock(1)
    expect((await withdrawOnPage(system)).status).toBe(202)
    await settleWithdrawal(system)
    expect(await getState(system, leadId)).toEqual([
      ['dead', true],
      ['dead', true],
    ])
    expect(await readStory(system, leadId)).toMatchObject({ withdrawnAt: system.api.clock.now.toISOString() })
    expect([...listNotices(system).webhooks, ...listNotices(system).mails]).toEqual([])
    expect(system.api.webhooks.requests).toEqual([])
  })

  it('each school that has the lead gets one signed notice that names the lead and not the person', async () => {
    const { system, leadId } = await createDeliveredSystem()
    await withdrawOnPage(system)
    await settleWithdrawal(system)
    await withdrawOnPage(system)
    await settleWithdrawal(system)
    const { webhooks, mails } = listNotices(system)
    expect([webhooks.length, mails.length]).toEqual([1, 1])
    const event: unknown = JSON.parse(webhooks[0]?.body ?? '')
    expect(event).toMatchObject({
      type: 'consent.withdrawn',
      data: { leadId, scope: 'all-schools', school: { id: 'tall-grass' } },
    })
    expect(webhooks[0]?.headers).toHaveProperty('webhook-signature')
    for (const text of [webhooks[0]?.body, mails[0]?.text]) expect(text).not.toMatch(/ada@|5127891111|Example/)
    expect(await getState(system, leadId)).toEqual([
      ['delivered', true],
      ['delivered', true],
    ])
  })

  it('a delivery that is being sent is settled, marked, and never retried', async () => {
    const system = await createTestSystem()
    const leadId = await submitAda(system)
    system.api.webhooks.respond = async () => {
      system.api.advanceClock(1)
      await withdrawOnPage(system)
      await system.api.continueWithdrawals()
      return webhookResponse(500)
    }
    await deliverDue(system)
    const [delivery] = (await readStory(system, leadId)).deliveries.filter(({ schoolId }) => schoolId === 'tall-grass')
    expect(delivery).toMatchObject({ state: 'dead', attempts: 1 })
    expect(delivery?.withdrawnAt).toBeDefined()
    system.api.webhooks.respond = () => webhookResponse(204)
    system.api.advanceClock(day)
    await deliverDue(system)
    expect(listNotices(system).webhooks).toHaveLength(1)
    expect(system.api.webhooks.requests.filter(({ body }) => body.includes('lead.created'))).toHaveLength(1)
  })

  it('a school whose only attempt was refused before anything was sent is not told of a lead that it never got', async () => {
    const system = await createTestSystem()
    const leadId = await submitAda(system)
    system.api.advanceClock(1)
    await withdrawOnPage(system)
    // The suppression is in effect at once, so that attempts come before the worker.
    await deliverDue(system)
    expect((await readStory(system, leadId)).deliveries.map(({ attempts }) => attempts)).toEqual([1, 1])
    await settleWithdrawal(system)
    expect(await getState(system, leadId)).toEqual([
      ['dead', true],
      ['dead', true],
    ])
    expect([...listNotices(system).webhooks, ...listNotices(system).mails]).toEqual([])
  })

  it('a school that rejects the lead meanwhile does not send it on to the next school', async () => {
    const system = await createTestSystem()
    await putRecord(system.api, 'sources', 'landing', { name: 'Landing page', mode: 'live', maxSales: 1 })
    const leadId = await submitAda(system)
    system.api.webhooks.respond = async () => {
      system.api.advanceClock(1)
      await withdrawOnPage(system)
      await system.api.continueWithdrawals()
      return webhookResponse(200, '{"outcome":"failure"}')
    }
    await deliverDue(system)
    system.api.advanceClock(day)
    await system.api.offer()
    expect((await readStory(system, leadId)).deliveries).toHaveLength(1)
  })

  it('a lead that was being saved at the same time is found by the second pass', async () => {
    const system = await createTestSystem()
    await withdrawOnPage(system)
    await system.api.continueWithdrawals()
    const { leads } = system.api.createDependencies('operator')
    const leadId = await submitAda(system, {})
    // As if its consent had been granted before the withdrawal, and its transaction came after the first pass.
    await system.api.engine.transact([
      {
        in: 'leads',
        change: { pk: `CONSENT#${leadId}`, sk: 'CONSENT' },
        set: { grantedAt: '2026-11-23T15:00:00.000Z' },
      },
    ])
    expect((await leads.find(leadId))?.lead.withdrawnAt).toBeUndefined()
    system.api.advanceClock(121)
    await system.api.continueWithdrawals()
    expect(await getState(system, leadId)).toEqual([
      ['dead', true],
      ['dead', true],
    ])
  })

  it('a replay of a lead is refused, also before the worker has marked the lead', async () => {
    const { system, leadId } = await createDeliveredSystem()
    const { deliveryId, schoolId = '' } = (await readStory(system, leadId)).deliveries[0] ?? {}
    const headers = { authorization: `Bearer ${await system.api.schoolKey(schoolId)}` }
    const replay = async () => [
      await system.api.staff('POST', `/v1/ops/deliveries/${deliveryId}/replay`),
      await system.api.call('POST', `/v1/school/deliveries/${deliveryId}/replay`, { headers }),
    ]
    expect((await replay()).map(({ status }) => status)).toEqual([202, 202]) // Control: before.
    await withdrawOnPage(system)
    const refusal = { status: 409, body: { code: 'NOT_REPLAYABLE' } }
    expect(await replay()).toMatchObject([refusal, refusal])
    await settleWithdrawal(system)
    expect(await replay()).toMatchObject([refusal, refusal])
  })

  it('a replay of the notice to a school goes on', async () => {
    const { system, leadId } = await createDeliveredSystem()
    await withdrawOnPage(system)
    await settleWithdrawal(system)
    const { withdrawals } = await readStory(system, leadId)
    const noticeId = withdrawals[0]?.notices[0]?.deliveryId
    expect((await system.api.staff('POST', `/v1/ops/deliveries/${noticeId}/replay`)).status).toBe(202)
  })
})

describe('new written consent', () => {
  it('counts again for the schools that it names, and leaves the older lead as it is', async () => {
    const { system, leadId } = await createDeliveredSystem()
    await withdrawOnPage(system)
    await settleWithdrawal(system)
    const newLeadId = await submitAda(system)
    expect(await readStory(system, newLeadId)).toMatchObject({
      outcome: 'accepted',
      deliveries: [{ schoolId: 'tall-grass' }, { schoolId: 'bay-shore' }],
    })
    await deliverDue(system)
    system.api.advanceClock(121)
    await settleWithdrawal(system)
    expect((await readStory(system, newLeadId)).withdrawnAt).toBeUndefined()
    expect((await readStory(system, leadId)).withdrawnAt).toBeDefined()
    await withdrawOnPage(system)
    await settleWithdrawal(system)
    expect((await readStory(system, newLeadId)).withdrawnAt).toBeDefined()
    expect(listNotices(system).webhooks).toHaveLength(2)
  })

  it('is no duplicate for a source that refuses repeated people', async () => {
    const system = await createTestSystem()
    await putRecord(system.api, 'sources', 'landing', { name: 'L', mode: 'live', duplicates: { keys: 'any' } })
    await submitAda(system)
    expect((await readStory(system, await submitAda(system))).outcome).toBe('duplicate')
    await withdrawOnPage(system, { phone: ada.phone })
    await settleWithdrawal(system)
    expect((await readStory(system, await submitAda(system))).outcome).toBe('accepted')
  })

  it('after a withdrawal from one school is no duplicate there, and is one at the others', async () => {
    const { system, leadId } = await createDeliveredSystem()
    const scope = { kind: 'school', schoolId: 'tall-grass' }
    await system.api.staff('POST', '/v1/ops/suppressions', { body: { leadId, scope, reason: 'By phone.' } })
    const { decisions, deliveries } = await readStory(system, await submitAda(system))
    expect(deliveries.map(({ schoolId }) => schoolId)).toEqual(['tall-grass'])
    expect(decisions[0]?.verdicts).toContainEqual(
      expect.objectContaining({ campaignId: 'bay-shore-tx', reason: 'DUPLICATE_SCHOOL' }),
    )
  })
})

describe('a withdrawal through a source', () => {
  it('reaches no lead of another source, whoever sends it', async () => {
    const { system, leadId } = await createDeliveredSystem()
    const other = await putRecord(system.api, 'sources', 'other', { name: 'Another page', mode: 'live' })
    expect((await withdrawOnPage(system, { email: 'ada@mail.example' }, parseKey(other.body))).status).toBe(202)
    await settleWithdrawal(system)
    expect((await readStory(system, leadId)).withdrawnAt).toBeUndefined()
    expect(listNotices(system).webhooks).toEqual([])
  })

  it('is limited per address for known and unknown people alike', async () => {
    const { system } = await createDeliveredSystem()
    const statuses: number[] = []
    for (let number = 0; number < 35; number++)
      statuses.push((await withdrawOnPage(system, { email: `stranger${number}@mail.example` })).status)
    expect(statuses.filter((status) => status === 202)).toHaveLength(30)
    expect((await withdrawOnPage(system)).status).toBe(429)
  })

  it('does the same work for a known and an unknown person', async () => {
    const { system } = await createDeliveredSystem()
    const countWork = async (body: object) => {
      const { gets, queries, transactions } = system.api.watch
      const response = await withdrawOnPage(system, body)
      return {
        status: response.status,
        keys: Object.keys(response.body ?? {}),
        gets: system.api.watch.gets - gets,
        queries: system.api.watch.queries - queries,
        transactions: system.api.watch.transactions - transactions,
      }
    }
    expect(await countWork({ email: 'ada@mail.example' })).toEqual(await countWork({ email: 'bob@mail.example' }))
  })
})

describe('the clock of a withdrawal', () => {
  it('alerts staff after 5 and after 10 business days if a school has not received its notice', async () => {
    const { system } = await createDeliveredSystem()
    system.api.webhooks.respond = () => webhookResponse(500)
    await withdrawOnPage(system)
    await settleWithdrawal(system)
    const alerts = () =>
      system.api.logEntries
        .filter(({ event, fields }) => event === 'school.alert' && JSON.stringify(fields).includes('withdrawal-'))
        .map(({ fields }) => fields)
    system.api.advanceClock(6 * day)
    await system.api.continueWithdrawals()
    await system.api.continueWithdrawals()
    expect(alerts()).toEqual([])
    system.api.advanceClock(2 * day)
    await system.api.continueWithdrawals()
    expect(alerts()).toMatchObject([{ why: 'withdrawal-not-received', schoolId: 'tall-grass' }])
    system.api.advanceClock(8 * day)
    await system.api.continueWithdrawals()
    await system.api.continueWithdrawals()
    expect(alerts()).toHaveLength(2)
    expect(alerts()[1]).toMatchObject({ why: 'withdrawal-overdue' })
  })

  it('detects: no alert if every school has received its notice', async () => {
    const { system } = await createDeliveredSystem()
    await withdrawOnPage(system)
    await settleWithdrawal(system)
    system.api.advanceClock(121)
    await settleWithdrawal(system)
    system.api.advanceClock(20 * day)
    await system.api.continueWithdrawals()
    expect(system.api.logEntries.filter(({ event }) => event === 'school.alert')).toEqual([])
  })
})

describe('the list of suppressions', () => {
  it('shows who suppressed a person, which later consent supersedes it, and who lifted it and why', async () => {
    const { system } = await createDeliveredSystem()
    await withdrawOnPage(system)
    system.api.advanceClock(60)
    const newLeadId = await submitAda(system)
    const search = { body: { phone: '512.789.1111' } }
    const response = await system.api.staff('POST', '/v1/ops/suppressions/searches', search)
    const { suppressions } = searchSuppressions.responses[200].body.parse(response.body)
    expect(suppressions).toMatchObject([
      {
        state: 'active',
        channel: 'page',
        actor: { kind: 'visitor' },
        scope: { kind: 'source', sourceId: 'landing' },
        supersededBy: [{ leadId: newLeadId, schoolIds: ['tall-grass', 'bay-shore'] }],
      },
    ])
    const path = `/v1/ops/suppressions/${suppressions[0]?.suppressionId}/lift`
    const body = { reason: 'Someone else entered this number.' }
    expect(await system.api.staff('POST', path, { body })).toMatchObject({
      status: 200,
      body: { state: 'lifted', endReason: body.reason, endedBy: { kind: 'staff' } },
    })
    expect(await system.api.staff('POST', path, { body })).toMatchObject({ status: 409 })
    expect(JSON.stringify(suppressions)).not.toMatch(/ada@|7891111/)
  })

  it('imports plain and hashed people, reports invalid rows, exports what is in effect, and routing follows it', async () => {
    const system = await createTestSystem()
    const hash = createHash('sha256').update('ada@mail.example').digest('hex')
    const csv = `email_sha256,phone\n${hash},\n,12\n,(512) 789-1002\n`
    const imported = await system.api.staff('POST', '/v1/ops/suppressions/imports', {
      body: { csv, reason: 'A list.' },
    })
    expect(imported).toMatchObject({
      status: 200,
      body: { rows: 3, suppressed: 2, errors: [{ row: 2, code: 'invalid_phone' }] },
    })
    const leadId = await submitAda(system)
    expect((await readStory(system, leadId)).decisions[0]?.verdicts.map(({ reason }) => reason)).toEqual([
      'SUPPRESSED',
      'SUPPRESSED',
    ])
    const exported = await system.api.staff('POST', '/v1/ops/suppressions/exports', { body: {} })
    expect(exported.text).toContain(hash)
    const plain = { format: 'plain', purpose: 'To share it with a school.' }
    expect((await system.api.staff('POST', '/v1/ops/suppressions/exports', { body: plain })).text).toContain(
      '15127891002',
    )
  })

  it('still follows the row of a person who withdrew before suppressions had a record', async () => {
    const system = await createTestSystem()
    const { email } = system.api
      .createDependencies('operator')
      .digests.hashPerson({ email: 'ada@mail.example', phone: '' })
    const put = { pk: `SUPPRESSED#${email}`, sk: 'SUPPRESSED', withdrawnAt: '2027-01-01T00:00:00.000Z' }
    await system.api.engine.transact([{ in: 'leads', put }])
    expect((await readStory(system, await submitAda(system))).outcome).toBe('unmatched')
    const response = await system.api.staff('POST', '/v1/ops/suppressions/searches', {
      body: { email: 'ada@mail.example' },
    })
    const [found] = searchSuppressions.responses[200].body.parse(response.body).suppressions
    const path = `/v1/ops/suppressions/${found?.suppressionId}/lift`
    expect(await system.api.staff('POST', path, { body: { reason: 'An error.' } })).toMatchObject({ status: 200 })
    system.api.advanceClock(60)
    expect((await readStory(system, await submitAda(system))).outcome).toBe('accepted')
  })
})

describe('a withdrawal that staff record', () => {
  it('says how the person asked, in the list, on the lead and in the audit', async () => {
    const { system, leadId } = await createDeliveredSystem()
    const body = { leadId, means: 'mail', reason: 'Stop all calls.' }
    const response = await system.api.staff('POST', '/v1/ops/suppressions', { body })
    expect(response).toMatchObject({
      status: 201,
      body: { channel: 'staff', means: 'mail', reason: 'Stop all calls.' },
    })
    expect((await system.api.staff('GET', '/v1/ops/withdrawals')).body).toMatchObject({
      withdrawals: [{ means: 'mail' }],
    })
    expect((await readStory(system, leadId)).withdrawals).toMatchObject([{ channel: 'staff', means: 'mail' }])
    const { text } = await system.api.staff('GET', '/v1/ops/audit?action=consent.withdrawn')
    expect(text).toContain('"means":"mail"')
  })

  it('refuses a way of asking that is not one of the list', async () => {
    const { system, leadId } = await createDeliveredSystem()
    const body = { leadId, means: 'telepathy', reason: 'Stop.' }
    expect(await system.api.staff('POST', '/v1/ops/suppressions', { body })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/means' }] },
    })
  })
})

describe('lifting a suppression', () => {
  const legalDemand = { ...ada, basis: 'do-not-contact', reason: 'Legal demand.' }
  const suppress = async ({ api }: TestSystem, body: object) => {
    api.advanceClock(60)
    return suppression.parse((await api.staff('POST', '/v1/ops/suppressions', { body })).body)
  }
  const lift = ({ api }: TestSystem, suppressionId: string) =>
    api.staff('POST', `/v1/ops/suppressions/${suppressionId}/lift`, { body: { reason: 'The wrong person.' } })
  const listStates = async ({ api }: TestSystem) => {
    const response = await api.staff('POST', '/v1/ops/suppressions/searches', { body: ada })
    const { suppressions } = searchSuppressions.responses[200].body.parse(response.body)
    return suppressions.map(({ reason, state, endedAt }) => [reason, state, endedAt !== undefined])
  }

  it.each([
    { name: 'of the same identifiers', earlier: ada, later: ada },
    { name: 'of one of the identifiers', earlier: ada, later: { email: ada.email } },
    { name: 'of more identifiers', earlier: { email: ada.email }, later: ada },
  ])('leaves in effect an earlier one that it replaced: $name', async (identifiers) => {
    const system = await createTestSystem()
    await suppress(system, { ...identifiers.earlier, basis: 'do-not-contact', reason: 'Legal demand.' })
    const later = await suppress(system, { ...identifiers.later, basis: 'do-not-contact', reason: 'A list.' })
    expect(await lift(system, later.suppressionId)).toMatchObject({ status: 200 })
    expect(await listStates(system)).toEqual([
      ['A list.', 'lifted', true],
      ['Legal demand.', 'active', false],
    ])
    expect((await readStory(system, await submitAda(system))).outcome).toBe('unmatched')
  })

  it('ends the last of them, and brings back none that was lifted before', async () => {
    const system = await createTestSystem()
    const earliest = await suppress(system, { ...legalDemand, reason: 'An error.' })
    const earlier = await suppress(system, legalDemand)
    const later = await suppress(system, { ...legalDemand, reason: 'A list.' })
    for (const { suppressionId } of [earliest, later]) await lift(system, suppressionId)
    expect((await readStory(system, await submitAda(system))).outcome).toBe('unmatched')
    await lift(system, earlier.suppressionId)
    expect((await listStates(system)).map(([, state]) => state)).toEqual(['lifted', 'lifted', 'lifted'])
    expect((await readStory(system, await submitAda(system))).outcome).toBe('accepted')
  })
})

describe('every other door', () => {
  const openDoor: { [channel: string]: (system: TestSystem, leadId: string) => Promise<unknown> } = {
    link: ({ api }, leadId) =>
      api.call('POST', `/v1/withdrawals/${leadId}.${api.createDependencies('operator').digests.signLink(leadId)}`),
    'school-api': async (system, leadId) => callAsSchool(system, leadId, 'withdrawals', {}),
    portal: async (system, leadId) => callAsSchool(system, leadId, 'withdrawals', { channel: 'portal' }),
    disposition: async (system, leadId) => callAsSchool(system, leadId, 'dispositions', { disposition: 'opted-out' }),
    staff: ({ api }, leadId) => api.staff('POST', '/v1/ops/suppressions', { body: { leadId, reason: 'By phone.' } }),
    import: ({ api }) =>
      api.staff('POST', '/v1/ops/suppressions/imports', {
        body: { csv: 'email\nada@mail.example\n', reason: 'A list.' },
      }),
  }
  const callAsSchool = async (system: TestSystem, leadId: string, what: string, body: object) => {
    const [delivery] = (await readStory(system, leadId)).deliveries.filter(({ schoolId }) => schoolId === 'bay-shore')
    const deliveryId = delivery?.deliveryId
    const headers = { authorization: `Bearer ${await system.api.schoolKey('bay-shore')}` }
    return what === 'withdrawals'
      ? system.api.call('POST', '/v1/school/withdrawals', { headers, body: { deliveryId, ...body } })
      : system.api.call('POST', `/v1/school/deliveries/${deliveryId}/dispositions`, { headers, body })
  }

  it('is tried here, or in the tests of sources, of a school’s own list and of erasures', () => {
    const elsewhere = ['page', 'source-api', 'school-csv', 'erasure']
    expect([...Object.keys(openDoor), ...elsewhere].toSorted()).toEqual(withdrawalChannel.options.toSorted())
  })

  it.each(Object.entries(openDoor))(
    '%s marks the lead, tells the school that has it, and stops later leads under that consent',
    async (channel, open) => {
      const { system, leadId } = await createDeliveredSystem()
      expect(await open(system, leadId)).toMatchObject({ status: expect.toSatisfy((status: number) => status < 300) })
      await settleWithdrawal(system)
      const story = await readStory(system, leadId)
      expect(story).toMatchObject({ masked: 'withdrawn', withdrawals: [{ channel }] })
      expect(new Set(story.withdrawals[0]?.notices.map(({ state }) => state))).toEqual(new Set(['delivered']))
      expect(listNotices(system).webhooks).toHaveLength(1)
      const headers = { authorization: `Bearer ${await system.api.schoolKey('tall-grass')}` }
      expect((await system.api.call('GET', '/v1/school/leads', { headers })).text).not.toMatch(/ada@mail|7891111/)
    },
  )

  it('opening the link changes nothing, a forged link is not found, and one school can be chosen', async () => {
    const { system, leadId } = await createDeliveredSystem()
    const { signLink } = system.api.createDependencies('operator').digests
    const path = `/v1/withdrawals/${leadId}.${signLink(leadId)}`
    const page = await system.api.call('GET', path)
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('Stop contact from Bay Shore Institute')])
    await settleWithdrawal(system)
    expect((await readStory(system, leadId)).withdrawnAt).toBeUndefined()
    expect((await system.api.call('POST', `/v1/withdrawals/${leadId}.${'x'.repeat(43)}`)).status).toBe(404)
    expect((await system.api.call('POST', `${path}?school=bay-shore`)).status).toBe(202)
    await settleWithdrawal(system)
    const { deliveries, withdrawnAt } = await readStory(system, leadId)
    expect(withdrawnAt).toBeUndefined()
    expect(deliveries.map((one) => [one.schoolId, one.withdrawnAt !== undefined])).toEqual([
      ['tall-grass', false],
      ['bay-shore', true],
    ])
  })
})
