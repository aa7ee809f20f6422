import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { leadReceipt } from '#shared/contract/capture/capture.ts'
import { leadTimeline } from '#shared/contract/capture/leads.ts'
import {
  aLead,
  aPerson,
  career,
  createTestSystem,
  postLead,
  putRecord,
  readLead,
  requestMatch,
  revealContact,
  submitTestLead,
  type TestSystem,
} from '#test/functions/create-test-system.ts'

type Fields = { [field: string]: unknown }
const text =
  '  By choosing “Send” I agree that Bay Shore Institute may call me at my number with automated technology,\r\n\tand ' +
  'nobody else. I need not agree in order to buy anything.  '
const ownConsent = (fields: Fields = {}) => ({ granted: true, text, schoolsNamed: ['bay-shore'], ...fields })

const aServerLead = (number = 1, fields: Fields = {}) => ({
  careerSlug: career,
  contact: aPerson(number),
  education: { highestLevel: 'high-school-diploma' },
  consent: ownConsent(),
  page: { url: 'https://publisher.example/health-records' },
  ...fields,
})

async function createServerSource(source: Fields = {}) {
  const system = await createTestSystem()
  await putRecord(system.api, 'sources', 'landing', { name: 'Publisher', mode: 'live', ...source })
  const { key } = await system.api.createApiKey({ caller: 'source', sourceId: 'landing' }, 'server')
  const post = (body: unknown, headers: { [name: string]: string | undefined } = {}) =>
    postLead(system, body, { 'x-source-key': undefined, authorization: `Bearer ${key}`, ...headers })
  return { town: system, key, post }
}

async function readTimeline(system: TestSystem, body: unknown) {
  return leadTimeline.parse(await readLead(system, leadReceipt.parse(body).leadId))
}

describe('a lead from a publisher’s server', () => {
  it('is matched and routed in one request, among the schools that its text names', async () => {
    const { town: system, post } = await createServerSource()
    const { status, body } = await post(aServerLead())
    expect([status, body]).toMatchObject([201, { outcome: 'accepted', schools: [{ schoolId: 'bay-shore' }] }])
    expect(leadReceipt.parse(body).schools).toHaveLength(1)
    const { decisions } = await readTimeline(system, body)
    expect(decisions[0]?.verdicts).toContainEqual(
      expect.objectContaining({ schoolId: 'tall-grass', reason: 'SCHOOL_NOT_NAMED_IN_CONSENT' }),
    )
  })

  it('stores the text byte for byte with its SHA-256 and sends it to the school', async () => {
    const { town: system, post } = await createServerSource()
    const tallGrassText = text.replace('Bay Shore Institute', 'Tall Grass College')
    const { body } = await post(
      aServerLead(1, { consent: ownConsent({ text: tallGrassText, schoolsNamed: ['tall-grass'] }) }),
    )
    const { consent } = await readTimeline(system, body)
    const digest = createHash('sha256').update(tallGrassText).digest('hex')
    const legalNames = { 'tall-grass': 'Tall Grass College' }
    const disclosure = {
      version: 'own-text',
      sha256: digest,
      text: tallGrassText,
      schoolIds: ['tall-grass'],
      legalNames,
    }
    expect(consent?.disclosure).toEqual(disclosure)
    await system.api.deliver(leadReceipt.parse(body).schools[0]?.deliveryId ?? '')
    const webhookBody = JSON.parse(String(system.api.webhooks.requests[0]?.body))
    expect(webhookBody.data.consent).toMatchObject({ text: tallGrassText, sha256: digest })
  })

  it('stores the visitor’s address from the request, not the address of the server', async () => {
    const { town: system, post } = await createServerSource()
    const withoutClient = await readTimeline(system, (await post(aServerLead(1))).body)
    expect([withoutClient.consent?.ip, withoutClient.consent?.userAgent]).toEqual([undefined, undefined])
    const consent = ownConsent({ ip: '2001:db8::7', userAgent: 'Mozilla/5.0' })
    const withClient = await readTimeline(system, (await post(aServerLead(2, { consent }))).body)
    const { consent: revealedConsent } = await revealContact(system, withClient.leadId)
    expect([revealedConsent.ip, withClient.consent?.userAgent]).toEqual(['2001:db8::7', 'Mozilla/5.0'])
  })

  it('is stored as unmatched if no named school wants it, and is never offered to another', async () => {
    const { town: system, post } = await createServerSource()
    const { body } = await post(aServerLead(1, { contact: aPerson(1, { zip: '43004' }) }))
    expect(body).toMatchObject({ outcome: 'unmatched', schools: [] })
    system.api.advanceClock(25 * 3600)
    await system.api.offer()
    expect((await readTimeline(system, body)).deliveries).toEqual([])
  })

  it('is accepted once for each Idempotency-Key', async () => {
    const { post } = await createServerSource()
    const headers = { 'idempotency-key': 'server-1' }
    const first = await post(aServerLead(), headers)
    const again = await post(aServerLead(), headers)
    expect([again.text, again.headers['idempotency-replayed']]).toEqual([first.text, 'true'])
    expect((await post(aServerLead(2), headers)).body).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' })
    expect((await post(aServerLead(3), { 'idempotency-key': undefined })).body).toMatchObject({
      code: 'IDEMPOTENCY_KEY_REQUIRED',
    })
  })

  it('is accepted with our consent text and its matchId', async () => {
    const { town: system, post } = await createServerSource()
    expect((await post(aLead(await requestMatch(system)))).body).toMatchObject({ outcome: 'accepted' })
  })

  it('is accepted without an Origin header, because it comes from no page', async () => {
    const { post } = await createServerSource({ origins: ['https://careers.example'] })
    expect((await post(aServerLead())).status).toBe(201)
  })

  it.each([
    [{ careerSlug: 'astronaut' }, '/careerSlug', 'INVALID_REQUEST'],
    [{ consent: ownConsent({ schoolsNamed: ['bay-shore', 'nobody'] }) }, '/consent/schoolsNamed/1', 'SCHOOL_UNKNOWN'],
    [{ consent: ownConsent({ schoolsNamed: ['Bay Shore Institute'] }) }, '/consent/schoolsNamed/0', 'INVALID_REQUEST'],
    [{ consent: ownConsent({ schoolsNamed: [] }) }, '/consent/schoolsNamed', 'INVALID_REQUEST'],
    [{ consent: ownConsent({ text: ' \n ' }) }, '/consent/text', 'INVALID_REQUEST'],
    [{ consent: ownConsent({ text: 'I agree\u202E' }) }, '/consent/text', 'INVALID_REQUEST'],
    [{ consent: ownConsent({ granted: false }) }, '/consent/granted', 'INVALID_REQUEST'],
    [{ consent: ownConsent({ sha256: 'a'.repeat(64) }) }, '/consent/sha256', 'INVALID_REQUEST'],
    [{ matchId: 'x' }, '/matchId', 'INVALID_REQUEST'],
    [{ schoolIds: ['bay-shore'] }, '/schoolIds', 'INVALID_REQUEST'],
  ])('is refused for %j', async (fields, pointer, code) => {
    const { post } = await createServerSource()
    const { status, body } = await post(aServerLead(1, fields))
    expect([status, body]).toMatchObject([
      422,
      { code, errors: expect.arrayContaining([expect.objectContaining({ pointer })]) },
    ])
  })
})

describe('a request from a landing page', () => {
  it('is refused with its own consent text, and the error says what to send instead', async () => {
    const system = await createTestSystem()
    const { status, body } = await postLead(system, aServerLead())
    expect([status, body]).toMatchObject([422, { errors: [{ pointer: '/matchId', code: 'required' }] }])
    expect(JSON.stringify(body)).toContain('/v1/matches')
  })

  it('is refused with a secret key, and a server is refused with a publishable key', async () => {
    const { town: system, key } = await createServerSource()
    const statuses = [
      await postLead(system, aServerLead(), { 'x-source-key': key }),
      await postLead(system, aServerLead(), { 'x-source-key': undefined, authorization: `Bearer ${system.sourceKey}` }),
    ].map(({ status }) => status)
    expect(statuses).toEqual([401, 401])
  })

  it('gets `Vary: Origin` with every response', async () => {
    const system = await createTestSystem()
    const bound = { name: 'Bound', mode: 'live', origins: ['https://careers.example'] }
    await putRecord(system.api, 'sources', 'landing', bound)
    for (const origin of ['https://careers.example', 'https://evil.example', undefined])
      expect((await postLead(system, {}, { origin })).headers.vary).toBe('Origin')
    const refused = await postLead(system, aLead(await requestMatch({ ...system, api: createCareersApi(system) })), {
      origin: 'https://careers.example:443',
    })
    expect([refused.status, refused.headers.vary]).toEqual([403, 'Origin'])
  })
})

function createCareersApi({ api }: TestSystem): TestSystem['api'] {
  return {
    ...api,
    call: (method, target, options = {}) =>
      api.call(method, target, { ...options, headers: { ...options.headers, origin: 'https://careers.example' } }),
  }
}

describe('a source that requires certificates', () => {
  const certificate = `https://cert.trustedform.com/${'a1'.repeat(20)}`

  it('refuses a lead without a certificate and names the field', async () => {
    const { town: system, post } = await createServerSource({ requireCertificate: true })
    for (const response of [await post(aServerLead()), await postLead(system, aLead(await requestMatch(system)))])
      expect([response.status, response.body]).toMatchObject([
        422,
        { errors: [{ pointer: '/trustedFormCertUrl', code: 'required' }] },
      ])
    expect((await post(aServerLead(1, { trustedFormCertUrl: certificate }))).status).toBe(201)
  })

  it.each([
    'https://cert.trustedform.com/',
    'https://cert.trustedform.com.evil.example/a1a1a1a1a1a1a1a1a1a1',
    'http://cert.trustedform.com/a1a1a1a1a1a1a1a1a1a1',
    'https://evil.example/?https://cert.trustedform.com/a1a1a1a1a1a1a1a1',
  ])('rejects %s, which is not a certificate', async (trustedFormCertUrl) => {
    const { post } = await createServerSource({ requireCertificate: true })
    const { body } = await post(aServerLead(1, { trustedFormCertUrl }))
    expect(body).toMatchObject({ errors: [{ pointer: '/trustedFormCertUrl', code: 'no_certificate' }] })
  })

  it('requires them only if its record says so', async () => {
    expect((await submitTestLead(await createTestSystem())).outcome).toBe('accepted')
  })
})
