import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { revealContact } from '#test/functions/create-test-system.ts'
import { webhookResponse } from '#test/functions/house/fakes.ts'
import { aForm, createInboundSystem } from './inbound-fixture.ts'

const secret = '0123456789abcdef0123456789abcdef'
const accessToken = 'EAAB-the-token-of-the-page'
const form = aForm({ formId: '12312312312' })
const inbound = { vendor: 'meta', forms: [form] }
const secrets = { inboundKey: secret, inboundVerifyToken: 'a-token-of-our-own', inboundAccessToken: accessToken }

/** The sample of Meta's documentation. */
const anAnnouncement = (...leadIds: string[]) =>
  JSON.stringify({
    object: 'page',
    entry: [
      {
        id: '153125381133',
        time: 1_438_292_065,
        changes: leadIds.map((leadgen_id) => ({
          field: 'leadgen',
          value: { leadgen_id, page_id: '123123123', form_id: '12312312312', created_time: 1_440_120_384 },
        })),
      },
    ],
  })

const aMetaLead = (fields: { [field: string]: unknown } = {}, answers: { [name: string]: string } = {}) => ({
  created_time: '2026-11-23T14:50:00+0000',
  id: '123',
  ad_id: '6042',
  form_id: '12312312312',
  platform: 'ig',
  is_organic: false,
  field_data: Object.entries({
    full_name: 'Ada Example',
    email: 'ada1@mail.example',
    phone_number: '+15127891001',
    zip_code: '78701',
    ...answers,
  }).map(([name, value]) => ({ name, values: [value] })),
  ...fields,
})

async function createMetaSystem(fields: { [field: string]: unknown } = {}) {
  const { system, api, write, list, leads } = await createInboundSystem({ inbound, ...secrets, ...fields })
  const graph = { status: 200, body: JSON.stringify(aMetaLead()) }
  api.webhooks.respond = ({ url }) =>
    url.startsWith('https://graph.facebook.com/') ? webhookResponse(graph.status, graph.body) : webhookResponse(200)
  const sign = (text: string, key = secret) => `sha256=${createHmac('sha256', key).update(text).digest('hex')}`
  const post = (text: string, signature: string | undefined = sign(text), sourceId = 'forms') =>
    api.call('POST', `/v1/inbound/meta/${sourceId}`, { text, headers: { 'x-hub-signature-256': signature } })
  const reads = () => api.webhooks.requests.filter(({ url }) => url.startsWith('https://graph.facebook.com/'))
  return { system, api, write, list, leads, graph, sign, post, reads }
}

describe('a lead of a lead form of Meta', () => {
  it('is read with the token of the page after it was announced, and is a lead of the source', async () => {
    const { system, api, post, leads, reads, list } = await createMetaSystem()
    expect(await post(anAnnouncement('123'))).toMatchObject({ status: 200, body: {} })
    expect([await leads(), reads()]).toEqual([[], []])
    await api.fetchLeads()
    expect(reads()).toMatchObject([{ method: 'GET', headers: { authorization: `Bearer ${accessToken}` } }])
    expect(reads()[0]?.url).toMatch(/^https:\/\/graph\.facebook\.com\/v\d+\.0\/123\?fields=.*field_data/)
    const [lead] = await leads()
    expect(lead).toMatchObject({ sourceId: 'forms', outcome: 'accepted', test: false })
    expect((await revealContact(system, lead?.leadId ?? '')).contact).toMatchObject({ lastName: 'Example' })
    expect(await list()).toEqual([])
  })

  it('is one lead, however often it is announced and by however many workers it is read', async () => {
    const { api, post, leads } = await createMetaSystem()
    await Promise.all([1, 2, 3].map(() => post(anAnnouncement('123', '123'))))
    await Promise.all([api.fetchLeads(), api.fetchLeads()])
    api.advanceClock(8 * 86_400)
    await post(anAnnouncement('123'))
    await api.fetchLeads()
    const found = await api.createDependencies('operator').leads.listByDay('2026-11-23', { limit: 10 })
    expect([found.leads.length, await leads()]).toEqual([1, []])
  })

  it('is one lead if the worker is killed after it was saved', async () => {
    const { api, post, leads, reads } = await createMetaSystem()
    await post(anAnnouncement('123'))
    const deps = api.createDependencies('worker/inbound')
    const killed = { ...deps.inboundFetches, settle: async () => Promise.reject(new Error('killed')) }
    const { fetchLeads } = await import('#functions/worker/inbound/fetch-leads.ts')
    await expect(fetchLeads({ ...deps, inboundFetches: killed })).rejects.toThrow('killed')
    expect(await leads()).toHaveLength(1)
    api.advanceClock(3600)
    await api.fetchLeads()
    expect(reads()).toHaveLength(2)
    expect(await leads()).toHaveLength(1)
    api.advanceClock(3600)
    await api.fetchLeads()
    expect(reads()).toHaveLength(2)
  })

  it.each([
    ['the token has expired', 401, '{"error":{"code":190}}', 'GRAPH_STATUS_401'],
    ['the lead was deleted', 400, '{"error":{"code":100,"error_subcode":33}}', 'GRAPH_STATUS_400'],
    ['Meta has a fault', 500, 'x', 'GRAPH_STATUS_500'],
    ['the answer is no lead', 200, '{"id":"123"}', 'GRAPH_UNREADABLE'],
    ['the answer is broken', 200, '{"id":', 'GRAPH_UNREADABLE'],
  ])('is listed and read again if %s, and is off the list once it is taken', async (_, status, body, code) => {
    const { api, post, leads, graph, list } = await createMetaSystem()
    const good = graph.body
    Object.assign(graph, { status, body })
    await post(anAnnouncement('123'))
    await api.fetchLeads()
    expect(await list()).toMatchObject([{ code, vendor: 'meta', vendorLeadId: '123', formId: '12312312312' }])
    Object.assign(graph, { status: 200, body: good })
    await api.fetchLeads()
    expect(await leads()).toEqual([])
    api.advanceClock(61)
    await api.fetchLeads()
    expect([await leads(), await list()]).toMatchObject([[{ outcome: 'accepted' }], []])
  })

  it('is read eight times at most, and stays listed', async () => {
    const { api, post, reads, graph, list } = await createMetaSystem()
    graph.status = 500
    await post(anAnnouncement('123'))
    for (let turn = 0; turn < 12; turn++) {
      await api.fetchLeads()
      api.advanceClock(86_400)
    }
    expect(reads()).toHaveLength(8)
    expect(await list()).toHaveLength(1)
  })

  it('is not taken if the text of its form was edited before it was read, and is if only the mapping was', async () => {
    const { api, post, write, leads, list } = await createMetaSystem()
    await post(anAnnouncement('123'))
    await write({ inbound: { vendor: 'meta', forms: [{ ...form, consentText: `${form.consentText} Or not.` }] } })
    await api.fetchLeads()
    expect([await leads(), await list()]).toMatchObject([[], [{ code: 'CONSENT_TEXT_CHANGED' }]])
    await post(anAnnouncement('124'))
    const fields = [{ column: 'full_name', fills: 'fullName' }]
    const edited = { ...form, consentText: `${form.consentText} Or not.`, highestLevel: 'bachelor', fields }
    await write({ inbound: { vendor: 'meta', forms: [edited] } })
    await api.fetchLeads()
    expect(await leads()).toHaveLength(1)
  })

  it.each([
    ['paused', 'SOURCE_PAUSED'],
    ['deleted', 'SOURCE_CHANGED'],
    ['deleted and written again', 'SOURCE_CHANGED'],
    ['moved to Google', 'SOURCE_CHANGED'],
  ])('is listed and not taken if its source was %s before it was read', async (change, code) => {
    const { api, post, write, leads, list } = await createMetaSystem()
    await post(anAnnouncement('123'))
    if (change === 'paused') await write({ status: 'paused' })
    else if (change === 'moved to Google') await write({ inbound: { vendor: 'google', forms: [form] } })
    else await api.staff('DELETE', '/v1/ops/sources/forms', { headers: { 'if-match': '*' } })
    if (change === 'deleted and written again') await write()
    await api.fetchLeads()
    expect([await leads(), await list()]).toMatchObject([[], [{ code, sourceId: 'forms' }]])
  })

  it('is not taken without the check of the box for consent', async () => {
    const { api, post, graph, leads, list } = await createMetaSystem({
      inbound: { vendor: 'meta', forms: [{ ...form, disclaimerKey: 'i_agree' }] },
    })
    const answer = (is_checked: string) =>
      JSON.stringify(aMetaLead({ custom_disclaimer_responses: [{ checkbox_key: 'i_agree', is_checked }] }))
    graph.body = answer('')
    await post(anAnnouncement('123'))
    await api.fetchLeads()
    expect([await leads(), await list()]).toMatchObject([[], [{ code: 'CONSENT_NOT_CHECKED' }]])
    graph.body = answer('1')
    await post(anAnnouncement('124'))
    await api.fetchLeads()
    expect(await leads()).toHaveLength(1)
  })

  it('is a test lead if Meta’s tool made it', async () => {
    const { api, post, graph, leads } = await createMetaSystem()
    const names = ['full_name', 'email', 'phone_number', 'zip_code']
    const dummies = Object.fromEntries(names.map((name) => [name, `<test lead: dummy data for ${name}>`]))
    graph.body = JSON.stringify(aMetaLead({}, dummies))
    await post(anAnnouncement('123'))
    await api.fetchLeads()
    expect(await leads()).toMatchObject([{ test: true }])
  })

  it('that the test button of the dashboard announces does not exist', async () => {
    const { api, post, reads } = await createMetaSystem()
    expect((await post(anAnnouncement('444444444444'))).status).toBe(200)
    await api.fetchLeads()
    expect(reads()).toEqual([])
  })
})

describe('the signature of Meta', () => {
  it('is checked over the text as it was sent, and a wrong one says nothing of the source', async () => {
    const { api, post, sign, reads } = await createMetaSystem()
    const text = anAnnouncement('123')
    const wrong = await Promise.all([
      post(text, sign(text, 'another-secret-of-an-app')),
      post(text, ''),
      post(`${text} `, sign(text)),
      post(text, sign(text), 'landing'),
      post(text, sign(text), 'nothing'),
    ])
    expect(new Set(wrong.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect(wrong[0]?.status).toBe(401)
    expect((await post(` ${text}\n`)).status).toBe(200)
    await api.fetchLeads()
    expect(reads()).toHaveLength(1)
  })

  it('may be made with the secret before for a day', async () => {
    const { api, post, sign, write } = await createMetaSystem()
    await write({ inboundKey: 'fedcba9876543210fedcba9876543210' })
    const text = anAnnouncement('123')
    expect((await post(text, sign(text))).status).toBe(200)
    api.advanceClock(86_401)
    expect((await post(text, sign(text))).status).toBe(401)
  })
})

describe('the verification of the address', () => {
  it('returns the challenge for the verify token only', async () => {
    const { api } = await createMetaSystem()
    const ask = (token: string, sourceId = 'forms') =>
      api.call(
        'GET',
        `/v1/inbound/meta/${sourceId}?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${token}`,
      )
    expect(await ask('a-token-of-our-own')).toMatchObject({ status: 200, text: '1158201444' })
    const wrong = [await ask('another'), await ask('a-token-of-our-own', 'landing'), await ask('a', 'nothing')]
    expect(new Set(wrong.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect(wrong[0]?.status).toBe(401)
  })

  it('needs secrets that are never shown', async () => {
    const { api, write } = await createMetaSystem()
    const { text } = await api.staff('GET', '/v1/ops/sources/forms')
    const audit = await api.staff('GET', '/v1/ops/audit?kind=sources&id=forms')
    for (const shown of [text, audit.text]) for (const one of Object.values(secrets)) expect(shown).not.toContain(one)
    await expect(write({ inboundAccessToken: null })).rejects.toThrow('/inboundAccessToken')
  })
})
