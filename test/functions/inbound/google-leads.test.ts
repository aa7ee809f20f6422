import { describe, expect, it } from 'vitest'
import { leadTimeline } from '#shared/contract/capture/leads.ts'
import { readLead, revealContact } from '#test/functions/create-test-system.ts'
import { erase } from '#test/functions/erasure/canary-lead.ts'
import { aForm, aGoogleLead, createInboundSystem, googleKey } from './inbound-fixture.ts'

describe('a lead of a lead form of Google', () => {
  it('is a lead of the source by the road of a publisher’s server, with the text of the form', async () => {
    const { system, post, leads, list } = await createInboundSystem()
    const response = await post(aGoogleLead({ lead_submit_time: '2026-11-23T14:30:00Z' }, { REGION: 'Texas' }))
    expect([response.status, response.body]).toEqual([200, {}])
    const [lead, ...others] = await leads()
    expect(others).toEqual([])
    expect(lead).toMatchObject({ sourceId: 'forms', outcome: 'accepted', test: false })
    const timeline = leadTimeline.parse(await readLead(system, lead?.leadId ?? ''))
    expect(timeline.deliveries.map(({ schoolId }) => schoolId)).toEqual(['bay-shore'])
    expect(timeline.consent).toMatchObject({ claimedBy: 'publisher', grantedAt: '2026-11-23T14:30:00.000Z' })
    expect(JSON.stringify(timeline.consent)).toContain('Bay Shore Institute may call me')
    expect(timeline.subIds?.gclid).toBe('click-1')
    expect(Object.keys(timeline.subIds ?? {})).toContain('googleForm')
    const { contact } = await revealContact(system, lead?.leadId ?? '')
    expect(contact).toMatchObject({ firstName: 'Ada', lastName: 'Example', email: 'ada1@mail.example', zip: '78701' })
    expect(await list()).toEqual([])
  })

  it('is one lead, however often and however concurrently it is sent, also after its form was edited', async () => {
    const { post, leads, write } = await createInboundSystem()
    const responses = await Promise.all([1, 2, 3].map(() => post(aGoogleLead())))
    await write({ inbound: { vendor: 'google', forms: [aForm({ highestLevel: 'bachelor' })] } })
    responses.push(await post(aGoogleLead()))
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(await leads()).toHaveLength(1)
    await post(aGoogleLead({ lead_id: 'another' }))
    expect(await leads()).toHaveLength(2)
  })

  it('goes to no school that the text does not name', async () => {
    const form = aForm({ schoolsNamed: ['bay-shore', 'tall-grass'], consentText: 'I agree that you call me.' })
    const { post, leads } = await createInboundSystem({ inbound: { vendor: 'google', forms: [form] } })
    await post(aGoogleLead())
    expect(await leads()).toMatchObject([{ outcome: 'unmatched' }])
  })

  it('is a test lead if Google says so', async () => {
    const { post, leads } = await createInboundSystem()
    await post(aGoogleLead({ is_test: true }))
    expect(await leads()).toMatchObject([{ test: true }])
  })

  it('gets its answers by the mapping of the form', async () => {
    const fields = [
      { column: 'education_level', fills: 'highestLevel', values: [{ answer: 'My Bachelor', value: 'bachelor' }] },
      { column: 'Name of when', fills: 'startWindow' },
      { column: 'club', fills: 'subIds.club' },
      { column: 'FULL_NAME', fills: 'ignore' },
    ]
    const { system, post, leads } = await createInboundSystem({
      inbound: { vendor: 'google', forms: [aForm({ fields })] },
    })
    const names = { FIRST_NAME: 'Grace', LAST_NAME: 'Example', FULL_NAME: 'Someone Else' }
    const answers = { education_level: 'my bachelor', when: 'Not sure', club: 'chess', other: 'x' }
    await post(aGoogleLead({}, { ...names, ...answers }))
    const [lead] = await leads()
    expect(await readLead(system, lead?.leadId ?? '')).toMatchObject({
      education: { highestLevel: 'bachelor' },
      startWindow: 'not-sure',
      subIds: { club: 'chess' },
    })
    expect((await revealContact(system, lead?.leadId ?? '')).contact).toMatchObject({ firstName: 'Grace' })
  })

  it.each([
    ['its form is unknown', { form_id: 7 }, {}, 'FORM_UNKNOWN', []],
    ['a field is missing', {}, { POSTAL_CODE: '' }, 'INVALID_REQUEST', ['/contact/zip']],
    ['a field is not valid', {}, { PHONE_NUMBER: '123' }, 'INVALID_REQUEST', ['/contact/phone']],
    ['the phone does not exist', {}, { PHONE_NUMBER: '+10000000000' }, 'INVALID_REQUEST', ['/contact/phone']],
    [
      'its consent is too old',
      { lead_submit_time: '2026-01-01T00:00:00Z' },
      {},
      'INVALID_REQUEST',
      ['/consent/grantedAt'],
    ],
  ])('is listed without its answers and not asked for again if %s', async (_, fields, answers, code, pointers) => {
    const { api, post, leads, list } = await createInboundSystem()
    const body = aGoogleLead(fields, answers)
    expect((await post(body)).status).toBe(200)
    expect((await post(body)).status).toBe(200)
    expect(await leads()).toEqual([])
    const rejected = await list()
    expect(rejected).toMatchObject([{ code, sourceId: 'forms', vendorLeadId: body.lead_id }])
    expect(rejected[0]?.errors.map(({ pointer }) => pointer)).toEqual(pointers)
    expect(JSON.stringify([rejected, api.logEntries])).not.toMatch(/Ada Example|ada1@|7891001/)
  })

  it('tells why if it is a test lead that cannot be taken', async () => {
    const { post } = await createInboundSystem()
    const { status, body } = await post(aGoogleLead({ is_test: true }, { POSTAL_CODE: '' }))
    expect([status, body]).toMatchObject([422, { errors: [{ pointer: '/contact/zip' }] }])
  })

  it('leaves the list if it is taken after all, and staff can take it off', async () => {
    const { api, post, write, list, leads } = await createInboundSystem()
    await post(aGoogleLead({ form_id: 7 }))
    await post(aGoogleLead({ form_id: 8, lead_id: 'another' }))
    await write({ inbound: { vendor: 'google', forms: [aForm(), aForm({ formId: '7' })] } })
    await post(aGoogleLead({ form_id: 7 }))
    expect(await leads()).toHaveLength(1)
    const [left, ...others] = await list()
    expect(others).toEqual([])
    const path = `/v1/ops/rejected-inbound/${left?.inboundId}/handled`
    expect((await api.staff('POST', path)).status).toBe(200)
    expect((await api.staff('POST', path)).status).toBe(200)
    const unknown = '/v1/ops/rejected-inbound/inb_4fJ0q2mXbW7cT1nZ8yKd5A/handled'
    expect((await api.staff('POST', unknown)).status).toBe(404)
    expect(await list()).toEqual([])
  })

  it('is listed while its source is paused, and makes no lead', async () => {
    const { post, list, leads } = await createInboundSystem({ status: 'paused' })
    expect((await post(aGoogleLead())).status).toBe(200)
    expect([await leads(), await list()]).toMatchObject([[], [{ code: 'SOURCE_PAUSED' }]])
  })

  it('may have signs that cannot be seen, and fields that are new', async () => {
    const { post, leads } = await createInboundSystem()
    const response = await post(
      aGoogleLead({ asset_group_id: 1, lead_stage: 'x' }, { FULL_NAME: '\u202EAda\u0000 Example' }),
    )
    expect(response.status).toBe(200)
    expect(await leads()).toHaveLength(1)
  })

  it('does not come back after the person was erased', async () => {
    const { system, post, leads } = await createInboundSystem()
    await post(aGoogleLead())
    const [lead] = await leads()
    await erase(system, { leadId: lead?.leadId ?? '' })
    await post(aGoogleLead())
    expect(await leads()).toHaveLength(1)
  })

  it('goes to no school if the person withdrew after sending the form', async () => {
    const { system, api, post, leads } = await createInboundSystem()
    await api.call('POST', '/v1/consents/withdrawals', {
      headers: { 'x-source-key': system.sourceKey },
      body: { email: 'ada1@mail.example' },
    })
    await api.staff('POST', '/v1/ops/suppressions', { body: { email: 'ada1@mail.example', reason: 'asked' } })
    await post(aGoogleLead({ lead_submit_time: '2026-11-23T14:30:00Z' }))
    expect(await leads()).toMatchObject([{ outcome: 'unmatched' }])
  })

  it('is asked for again if it cannot be stored now', async () => {
    const { api, post, leads } = await createInboundSystem()
    api.maintenance.isOn = true
    expect((await post(aGoogleLead())).status).toBe(503)
    api.maintenance.isOn = false
    await post(aGoogleLead())
    expect(await leads()).toHaveLength(1)
  })

  it('gets 503 and not 429 beyond the limit of its source, because Google gives up after a 4xx', async () => {
    const { post } = await createInboundSystem()
    const statuses = []
    for (let count = 0; count < 602; count++) statuses.push((await post(aGoogleLead({ form_id: 7 }))).status)
    expect([statuses[599], statuses[600], statuses[601]]).toEqual([200, 503, 503])
  })
})

describe('the key of lead forms', () => {
  it('is required, and a wrong one says nothing of the source', async () => {
    const { system, post, leads, list } = await createInboundSystem()
    const wrong = await Promise.all([
      post(aGoogleLead({ google_key: 'another-key-of-google' })),
      post(aGoogleLead({ google_key: undefined })),
      post(aGoogleLead(), { sourceId: 'landing' }),
      post(aGoogleLead(), { sourceId: 'nothing' }),
      post(aGoogleLead({ form_id: 7, google_key: `${googleKey}x` })),
    ])
    expect(new Set(wrong.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect(wrong[0]).toMatchObject({ status: 401, body: { code: 'KEY_INVALID' } })
    await system.api.staff('DELETE', '/v1/ops/sources/forms', { headers: { 'if-match': '*' } })
    expect((await post(aGoogleLead())).text).toBe(wrong[0]?.text)
    expect([await leads(), await list()]).toEqual([[], []])
  })

  it('is not one of a later source with the same ID', async () => {
    const { api, post, write } = await createInboundSystem()
    await api.staff('DELETE', '/v1/ops/sources/forms', { headers: { 'if-match': '*' } })
    await write({ inboundKey: 'the-key-of-another-one' })
    expect((await post(aGoogleLead())).status).toBe(401)
  })

  it('may be guessed twenty times a minute from an address', async () => {
    const { post } = await createInboundSystem()
    const statuses = []
    for (let count = 0; count < 22; count++)
      statuses.push((await post(aGoogleLead({ google_key: `guess-number-${count}` }))).status)
    expect(statuses.filter((status) => status === 401)).toHaveLength(20)
    expect(statuses.at(-1)).toBe(429)
    // The right one still counts.
    expect((await post(aGoogleLead())).status).toBe(200)
  })

  it('stays valid for a day beside its successor, and not beyond', async () => {
    const { api, post, write } = await createInboundSystem()
    const use = async (key: string) => (await post(aGoogleLead({ google_key: key }))).status
    await write({ inboundKey: 'the-next-key-of-forms' })
    await write({ inboundKey: 'the-next-key-of-forms', name: 'Saved twice' })
    expect([await use(googleKey), await use('the-next-key-of-forms')]).toEqual([200, 200])
    api.advanceClock(24 * 3600 + 1)
    expect([await use(googleKey), await use('the-next-key-of-forms')]).toEqual([401, 200])
    await write({ inbound: undefined, inboundKey: null })
    expect(await use('the-next-key-of-forms')).toBe(401)
  })

  it('is never shown, and lead forms need it', async () => {
    const { api, write } = await createInboundSystem()
    const texts = [
      (await api.staff('GET', '/v1/ops/sources/forms')).text,
      (await api.staff('GET', '/v1/ops/audit?kind=sources&id=forms')).text,
    ]
    for (const text of texts) expect(text).not.toMatch(/a-key-of-google|sealed":[^"]*\[/)
    await expect(write({ inboundKey: null })).rejects.toThrow('/inboundKey')
  })
})

describe('a body that is no lead', () => {
  it.each([
    ['truncated', { text: JSON.stringify(aGoogleLead()).slice(0, -20) }, 400],
    ['no lead', { body: { google_key: googleKey } }, 422],
    ['too long', { body: aGoogleLead({ other: 'x'.repeat(70_000) }) }, 413],
  ])('is refused: %s', async (_, request, status) => {
    const { api, leads } = await createInboundSystem()
    expect((await api.call('POST', '/v1/inbound/google/forms', request)).status).toBe(status)
    expect(await leads()).toEqual([])
  })
})
