import { describe, expect, it } from 'vitest'
import { sha256 } from '#shared/platform/digests.ts'
import { renderConsentText } from '#test/builders/consent-text.ts'
import {
  aProgram,
  aSchool,
  aVisitor,
  bayShoreCampaign,
  createTestSystem,
  parseKey,
  putRecord,
  requestMatch,
} from '#test/functions/create-test-system.ts'

describe('a match', () => {
  it('returns the schools that match the visitor, best first, and the consent text that names them', async () => {
    const system = await createTestSystem()
    const { schools, disclosure } = await requestMatch(system)
    expect(schools).toEqual([
      {
        schoolId: 'tall-grass',
        name: 'Tall Grass College',
        consentName: 'Tall Grass College',
        programId: 'tall-grass-hit',
        programName: 'Associate of Health Information Technology',
      },
      expect.objectContaining({ schoolId: 'bay-shore' }),
    ])
    expect(disclosure.text).toContain('Tall Grass College and Bay Shore Institute may contact me')
    expect(disclosure.sha256).toBe(sha256(disclosure.text))
  })

  it('stores nothing', async () => {
    const { api, ...system } = await createTestSystem()
    const { transactions } = api.watch
    await requestMatch({ api, ...system })
    expect(api.watch.transactions).toBe(transactions)
  })

  it('uses the legal name in the consent text, and the known name in the list', async () => {
    const system = await createTestSystem()
    await putRecord(system.api, 'schools', 'tall-grass', aSchool({ legalName: 'Tall Grass Holdings, LLC' }))
    const { schools, disclosure } = await requestMatch(system)
    expect(schools[0]?.name).toBe('Tall Grass College')
    expect(disclosure.text).toContain('Tall Grass Holdings, LLC and Bay Shore Institute')
  })

  it('gives a page what it needs to render the text for any of the schools', async () => {
    const match = await requestMatch(await createTestSystem())
    expect(renderConsentText(match, ['tall-grass', 'bay-shore'])).toBe(match.disclosure.text)
    expect(renderConsentText(match, ['bay-shore'])).toBe(
      match.disclosure.text.replace('Tall Grass College and Bay Shore Institute', 'Bay Shore Institute'),
    )
  })

  it('expires after two hours', async () => {
    expect((await requestMatch(await createTestSystem())).expiresAt).toBe('2026-11-23T17:00:00.000Z')
  })

  it('returns no school and asks for no consent if no school matches', async () => {
    const { schools, disclosure } = await requestMatch(await createTestSystem(), { zip: '43004' })
    expect(schools).toEqual([])
    expect(disclosure.text).toContain('no one has permission')
  })

  it('returns only the program and the modality that the visitor requests', async () => {
    const system = await createTestSystem()
    await putRecord(system.api, 'programs', 'bay-shore-campus', aProgram({ schoolId: 'bay-shore', modality: 'campus' }))
    await putRecord(system.api, 'campaigns', 'campus', bayShoreCampaign({ programIds: ['bay-shore-campus'] }))
    const programs = async (fields: object) =>
      (await requestMatch(system, { ...fields })).schools.map((school) => school.programId)
    expect(await programs({ programId: 'bay-shore-hit' })).toEqual(['bay-shore-hit'])
    expect(await programs({ modality: 'campus' })).toEqual(['bay-shore-campus'])
  })

  it('leaves out schools whose requirements the visitor does not meet', async () => {
    const system = await createTestSystem()
    const rules = { field: 'education.highestLevel', op: 'at-least', value: 'associate' }
    await putRecord(system.api, 'campaigns', 'bay-shore-tx', bayShoreCampaign({ rules }))
    const schools = async (highestLevel: string) =>
      (await requestMatch(system, { education: { highestLevel } })).schools.length
    expect([await schools('ged'), await schools('bachelor')]).toEqual([1, 2])
  })

  it.each([
    [{ zip: '00000' }, '/zip', 'unknown_zip'],
    [{ careerSlug: 'astronaut' }, '/careerSlug', 'unknown_career'],
    [{ zip: '787' }, '/zip', 'invalid_format'],
    [{ education: {} }, '/education/highestLevel', 'required'],
    [{ email: 'ada@mail.example' }, '/email', 'unknown_field'],
    [{ startWindow: 'soon' }, '/startWindow', 'invalid_value'],
    [{ answers: { 'not-a-name': 1 } }, '/answers/not-a-name', 'invalid_key'],
    [{ answers: { gpa: { more: 1 } } }, '/answers/gpa', 'invalid_type'],
  ])('refuses %j', async (fields, pointer, code) => {
    const { api } = await createTestSystem()
    const { status, body } = await api.call('POST', '/v1/matches', { body: aVisitor(fields) })
    expect(status).toBe(422)
    expect(body).toMatchObject({ code: 'INVALID_REQUEST', errors: [{ pointer, code }] })
  })
})

describe('the publishable key of a match', () => {
  it.each([undefined, ''])('accepts a request without a key: %j', async (key) => {
    const { api } = await createTestSystem()
    const headers = { 'x-source-key': key }
    expect((await api.call('POST', '/v1/matches', { headers, body: aVisitor() })).status).toBe(200)
  })

  it.each(['pk_wrong', 'x'.repeat(200)])('refuses a wrong key such as %.10s', async (key) => {
    const { api } = await createTestSystem()
    const { status, body } = await api.call('POST', '/v1/matches', {
      headers: { 'x-source-key': key },
      body: aVisitor(),
    })
    expect(status).toBe(401)
    expect(body).toMatchObject({ code: 'KEY_INVALID' })
  })

  it('refuses the key of a school', async () => {
    const { api } = await createTestSystem()
    const headers = { 'x-source-key': await api.schoolKey('tall-grass') }
    expect((await api.call('POST', '/v1/matches', { headers, body: aVisitor() })).status).toBe(401)
  })

  it('accepts a key only on the pages of its source', async () => {
    const { api } = await createTestSystem()
    const source = { name: 'Bound', mode: 'live', origins: ['https://careers.example'] }
    const key = parseKey((await putRecord(api, 'sources', 'bound', source)).body)
    const callWithOrigin = async (origin: string | undefined) => {
      const headers = { 'x-source-key': key, origin }
      return (await api.call('POST', '/v1/matches', { headers, body: aVisitor() })).status
    }
    expect(await callWithOrigin('https://careers.example')).toBe(200)
    expect(await callWithOrigin('https://careers.example.evil.example')).toBe(403)
    expect(await callWithOrigin('null')).toBe(403)
    expect(await callWithOrigin(undefined)).toBe(403)
  })

  it('refuses the key of a source that was removed', async () => {
    const { api, sourceKey } = await createTestSystem()
    await api.staff('DELETE', '/v1/ops/sources/landing')
    const response = await api.call('POST', '/v1/matches', { headers: { 'x-source-key': sourceKey }, body: aVisitor() })
    expect([response.status, response.body]).toEqual([401, expect.objectContaining({ code: 'KEY_INVALID' })])
  })
})
