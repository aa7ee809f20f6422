import { beforeAll, describe, expect, it } from 'vitest'
import {
  aLead,
  aPerson,
  createTestSystem,
  parseKey,
  postLead,
  putRecord,
  requestMatch,
  type TestSystem,
} from '#test/functions/create-test-system.ts'

let system: TestSystem
let match: Awaited<ReturnType<typeof requestMatch>>
beforeAll(async () => {
  system = await createTestSystem()
  match = await requestMatch(system)
})

describe('an invalid lead', () => {
  it.each([
    [{ contact: aPerson(1, { phone: '(123) 555-0100' }) }, '/contact/phone', 'invalid_phone'],
    [{ contact: aPerson(1, { phone: '964523331' }) }, '/contact/phone', 'invalid_phone'],
    [{ contact: aPerson(1, { phone: '123' }) }, '/contact/phone', 'too_small'],
    [{ contact: aPerson(1, { email: 'ada@' }) }, '/contact/email', 'invalid_email'],
    [{ contact: aPerson(1, { zip: '00000' }) }, '/contact/zip', 'unknown_zip'],
    [{ contact: aPerson(1, { state: 'OH' }) }, '/contact/state', 'zip_not_in_state'],
    [{ contact: aPerson(1, { firstName: ' ' }) }, '/contact/firstName', 'too_small'],
    [{ contact: aPerson(1, { lastName: '\u3164' }) }, '/contact/lastName', 'too_small'],
    [{ contact: aPerson(1, { lastName: '...' }) }, '/contact/lastName', 'custom'],
    [{ contact: aPerson(1, { phone: '8005551212' }) }, '/contact/phone', 'toll_free_phone'],
    [{ contact: aPerson(1, { phone: '(900) 555-1212' }) }, '/contact/phone', 'premium_phone'],
    [{ contact: aPerson(1, { phone: '+44 20 7946 0958' }) }, '/contact/phone', 'foreign_phone'],
    [{ contact: aPerson(1, { phone: '416-555-1212' }) }, '/contact/phone', 'foreign_phone'],
    [{ contact: aPerson(1, { 'a/b~c': 1 }) }, '/contact/a~1b~0c', 'unknown_field'],
    [{ contact: undefined }, '/contact', 'required'],
    [{ consent: { granted: false, sha256: 'a'.repeat(64) } }, '/consent/granted', 'invalid_value'],
    [{ consent: { granted: true } }, '/consent/sha256', 'required'],
    [{ schoolIds: [] }, '/schoolIds', 'too_small'],
    [{ extra: true }, '/extra', 'unknown_field'],
    [{ careerSlug: 'nurse' }, '/careerSlug', 'unknown_field'],
    [{ matchId: 7 }, '/matchId', 'invalid_type'],
    [{ test: 'maybe' }, '/test', 'invalid_type'],
  ])('refuses %j', async (fields, pointer, code) => {
    const { status, body } = await postLead(system, aLead(match, 1, fields))
    expect(status).toBe(422)
    expect(body).toMatchObject({ code: 'INVALID_REQUEST', errors: [{ pointer, code }] })
  })

  it('names every invalid field', async () => {
    const contact = aPerson(1, { email: 'x@y', phone: '(123) 555-0100', zip: '00000' })
    const { body } = await postLead(system, aLead(match, 1, { contact }))
    expect(body).toMatchObject({
      errors: [{ pointer: '/contact/email' }, { pointer: '/contact/phone' }, { pointer: '/contact/zip' }],
    })
  })

  it('repeats nothing of what was sent', async () => {
    const contact = aPerson(1, { email: 'secret-canary', phone: 'secret-canary', zip: 'secret-canary' })
    const { status, text } = await postLead(system, aLead(match, 1, { contact, startWindow: 'secret-canary' }))
    expect(status).toBe(422)
    expect(text).not.toContain('canary')
  })

  it.each([
    ['a forged match', 'forged'],
    ['a match that was altered', 'altered'],
    ['an unsigned match', 'eyJhbGciOiJub25lIn0.e30.'],
  ])('refuses %s', async (_, kind) => {
    const [head, body, tail] = match.matchId.split('.')
    const matchId = kind === 'altered' ? `${head}.${body?.slice(0, -2)}AA.${tail}` : kind
    const response = await postLead(system, { ...aLead(match), matchId })
    expect([response.status, response.body]).toMatchObject([
      422,
      { code: 'MATCH_INVALID', errors: [{ pointer: '/matchId' }] },
    ])
  })

  it('refuses a match that has expired, but not a second before', async () => {
    const late = await createTestSystem()
    const old = await requestMatch(late)
    late.api.advanceClock(2 * 3600 - 1)
    expect((await postLead(late, aLead(old, 1))).status).toBe(201)
    late.api.advanceClock(1)
    const response = await postLead(late, aLead(old, 2))
    expect([response.status, response.body]).toMatchObject([422, { code: 'MATCH_EXPIRED' }])
  })

  it('refuses the consent to another text', async () => {
    const consent = { granted: true, sha256: 'a'.repeat(64) }
    const response = await postLead(system, aLead(match, 1, { consent }))
    expect([response.status, response.body]).toMatchObject([
      422,
      { code: 'CONSENT_MISMATCH', errors: [{ pointer: '/consent/sha256' }] },
    ])
  })

  it('refuses a school that was not shown', async () => {
    const response = await postLead(system, aLead(match, 1, { schoolIds: ['tall-grass', 'unknown'] }))
    expect([response.status, response.body]).toMatchObject([
      422,
      { code: 'SCHOOL_UNKNOWN', errors: [{ pointer: '/schoolIds/1' }] },
    ])
  })

  it('refuses a page that is not an origin of its source', async () => {
    const source = { name: 'Bound', mode: 'live', origins: ['https://careers.example'] }
    const sourceKey = parseKey((await putRecord(system.api, 'sources', 'bound', source)).body)
    const postWithOrigin = (origin: string) => postLead({ ...system, sourceKey }, aLead(match, 50), { origin })
    expect((await postWithOrigin('https://evil.example')).body).toMatchObject({ code: 'ORIGIN_NOT_ALLOWED' })
    expect((await postWithOrigin('https://careers.example')).status).toBe(201)
  })

  it.each([
    [undefined, 'KEY_REQUIRED'],
    ['pk_nobody', 'KEY_INVALID'],
    [`pk_${'A'.repeat(49)}`, 'KEY_INVALID'],
  ])('refuses the key %j', async (key, code) => {
    const { status, body } = await postLead(system, aLead(match), { 'x-source-key': key })
    expect([status, body]).toMatchObject([401, { code }])
  })
})
