import { beforeEach, describe, expect, it } from 'vitest'
import { leadReceipt } from '#shared/contract/capture/capture.ts'
import { leadTimeline } from '#shared/contract/capture/leads.ts'
import {
  aPerson,
  career,
  createTestSystem,
  postLead,
  putRecord,
  readLead,
  type TestSystem,
} from '#test/functions/create-test-system.ts'

const text =
  'By choosing Send I agree that Bay Shore Institute may call me at my number with automated technology. I need not ' +
  'agree in order to buy anything.'
let system: TestSystem
let key: string
beforeEach(async () => {
  system = await createTestSystem()
  await putRecord(system.api, 'sources', 'landing', { name: 'Publisher', mode: 'live' })
  key = (await system.api.createApiKey({ caller: 'source', sourceId: 'landing' }, 'server')).key
})

describe('a consent that was given before its lead is sent', () => {
  it('is stored, sent to the school and proven with the time that the publisher claims', async () => {
    const grantedAt = '2026-11-20T10:00:00-06:00'
    const { status, body } = await post(1, { grantedAt })
    expect([status, body]).toMatchObject([201, { outcome: 'accepted' }])
    const { leadId, schools } = leadReceipt.parse(body)
    const utc = '2026-11-20T16:00:00.000Z'
    expect(leadTimeline.parse(await readLead(system, leadId)).consent).toMatchObject({
      grantedAt: utc,
      claimedBy: 'publisher',
    })
    await system.api.deliver(schools[0]?.deliveryId ?? '')
    expect(system.api.mailbox.messages[0]?.text).toContain('Agreed on: Nov 20, 2026, 4:00 PM UTC')
  })

  it('does not undo a withdrawal since then, as a later consent does', async () => {
    await system.api.call('POST', '/v1/consents/withdrawals', {
      headers: { 'x-source-key': system.sourceKey },
      body: { email: aPerson(1).email },
    })
    system.api.advanceClock(3600)
    const { body } = await post(1, { grantedAt: '2026-11-20T10:00:00Z' })
    expect(body).toMatchObject({ outcome: 'unmatched', schools: [] })
    const timeline = leadTimeline.parse(await readLead(system, leadReceipt.parse(body).leadId))
    expect(timeline.masked).toBe('suppressed')
    expect(timeline.decisions[0]?.verdicts).toContainEqual(
      expect.objectContaining({ schoolId: 'bay-shore', reason: 'SUPPRESSED' }),
    )
    expect((await post(1, {})).body).toMatchObject({ outcome: 'accepted' })
  })

  it.each([
    ['2026-11-24T16:00:00Z', 'in_future'],
    ['2026-08-01T16:00:00Z', 'too_old'],
    ['yesterday', 'invalid_format'],
  ])('is refused at %s: %s', async (grantedAt, code) => {
    const { status, body } = await post(1, { grantedAt })
    expect([status, body]).toMatchObject([422, { errors: [{ pointer: '/consent/grantedAt', code }] }])
  })

  it('is now if the clock of the publisher is a little ahead', async () => {
    const { body } = await post(1, { grantedAt: new Date(system.api.clock.now.getTime() + 60_000).toISOString() })
    const { consent, receivedAt } = leadTimeline.parse(await readLead(system, leadReceipt.parse(body).leadId))
    expect(consent?.grantedAt).toBe(receivedAt)
  })
})

function post(number: number, consent: object) {
  const body = {
    careerSlug: career,
    contact: aPerson(number),
    education: { highestLevel: 'high-school-diploma' },
    consent: { granted: true, text, schoolsNamed: ['bay-shore'], ...consent },
    page: { url: 'https://publisher.example/health-records' },
  }
  return postLead(system, body, { 'x-source-key': undefined, authorization: `Bearer ${key}` })
}
