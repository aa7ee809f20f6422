import { describe, expect, it } from 'vitest'
import { sha256 } from '#shared/platform/digests.ts'
import { aProgram, aSchool, ask, aTown, aVisitor, bayShoreCampaign, keyOf, write } from '#test/functions/town.ts'

describe('a match', () => {
  it('names the schools that would take the visitor, best first, and the consent text that names them', async () => {
    const town = await aTown()
    const { schools, disclosure } = await ask(town)
    expect(schools).toEqual([
      {
        schoolId: 'tall-grass',
        name: 'Tall Grass College',
        programId: 'tall-grass-hit',
        programName: 'Associate of Health Information Technology',
      },
      expect.objectContaining({ schoolId: 'bay-shore' }),
    ])
    expect(disclosure.text).toContain('Tall Grass College and Bay Shore Institute may contact me')
    expect(disclosure.sha256).toBe(sha256(disclosure.text))
  })

  it('writes nothing', async () => {
    const { house, ...town } = await aTown()
    const { transactions } = house.watch
    await ask({ house, ...town })
    expect(house.watch.transactions).toBe(transactions)
  })

  it('uses the legal name in the consent text, and the known name beside it', async () => {
    const town = await aTown()
    await write(town.house, 'schools', 'tall-grass', aSchool({ legalName: 'Tall Grass Holdings, LLC' }))
    const { schools, disclosure } = await ask(town)
    expect(schools[0]?.name).toBe('Tall Grass College')
    expect(disclosure.text).toContain('Tall Grass Holdings, LLC and Bay Shore Institute')
  })

  it('lasts two hours', async () => {
    expect((await ask(await aTown())).expiresAt).toBe('2026-11-23T17:00:00.000Z')
  })

  it('is of nobody where nobody would take the visitor, and then asks for no permission', async () => {
    const { schools, disclosure } = await ask(await aTown(), { zip: '43004' })
    expect(schools).toEqual([])
    expect(disclosure.text).toContain('nobody is given permission')
  })

  it('keeps to the program and the modality that the visitor asks for', async () => {
    const town = await aTown()
    await write(town.house, 'programs', 'bay-shore-campus', aProgram({ schoolId: 'bay-shore', modality: 'campus' }))
    await write(town.house, 'campaigns', 'campus', bayShoreCampaign({ programIds: ['bay-shore-campus'] }))
    const programs = async (fields: object) =>
      (await ask(town, { ...fields })).schools.map((school) => school.programId)
    expect(await programs({ programId: 'bay-shore-hit' })).toEqual(['bay-shore-hit'])
    expect(await programs({ modality: 'campus' })).toEqual(['bay-shore-campus'])
  })

  it('leaves out who asks for more than the visitor has', async () => {
    const town = await aTown()
    const rules = { field: 'education.highestLevel', op: 'at-least', value: 'associate' }
    await write(town.house, 'campaigns', 'bay-shore-tx', bayShoreCampaign({ rules }))
    const schools = async (highestLevel: string) => (await ask(town, { education: { highestLevel } })).schools.length
    expect([await schools('ged'), await schools('bachelor')]).toEqual([1, 2])
  })

  it.each([
    [{ zip: '00000' }, '/zip', 'unknown_zip'],
    [{ careerSlug: 'astronaut' }, '/careerSlug', 'unknown_career'],
    [{ zip: '787' }, '/zip', 'invalid_format'],
    [{ education: {} }, '/education/highestLevel', 'invalid_value'],
    [{ email: 'ada@mail.example' }, '/email', 'unknown_field'],
    [{ startWindow: 'soon' }, '/startWindow', 'invalid_value'],
    [{ answers: { 'not-a-name': 1 } }, '/answers/not-a-name', 'invalid_key'],
    [{ answers: { gpa: { more: 1 } } }, '/answers/gpa', 'invalid_type'],
  ])('is not made of %j', async (fields, pointer, code) => {
    const { house } = await aTown()
    const { status, body } = await house.call('POST', '/v1/matches', { body: aVisitor(fields) })
    expect(status).toBe(422)
    expect(body).toMatchObject({ code: 'INVALID_REQUEST', errors: [{ pointer, code }] })
  })
})

describe('the publishable key of a match', () => {
  it.each([undefined, ''])('is not needed: %j', async (key) => {
    const { house } = await aTown()
    const headers = { 'x-source-key': key }
    expect((await house.call('POST', '/v1/matches', { headers, body: aVisitor() })).status).toBe(200)
  })

  it.each(['pk_wrong', 'x'.repeat(200)])('may not be wrong, such as %.10s', async (key) => {
    const { house } = await aTown()
    const { status, body } = await house.call('POST', '/v1/matches', {
      headers: { 'x-source-key': key },
      body: aVisitor(),
    })
    expect(status).toBe(401)
    expect(body).toMatchObject({ code: 'KEY_UNKNOWN' })
  })

  it('may not be that of a school', async () => {
    const { house } = await aTown()
    const headers = { 'x-source-key': await house.schoolKey('tall-grass') }
    expect((await house.call('POST', '/v1/matches', { headers, body: aVisitor() })).status).toBe(401)
  })

  it('works on the pages of its source alone', async () => {
    const { house } = await aTown()
    const source = { name: 'Bound', mode: 'live', origins: ['https://careers.example'] }
    const key = keyOf((await write(house, 'sources', 'bound', source)).body)
    const from = async (origin: string | undefined) => {
      const headers = { 'x-source-key': key, origin }
      return (await house.call('POST', '/v1/matches', { headers, body: aVisitor() })).status
    }
    expect(await from('https://careers.example')).toBe(200)
    expect(await from('https://careers.example.evil.example')).toBe(403)
    expect(await from('null')).toBe(403)
    expect(await from(undefined)).toBe(403)
  })

  it('ends with its source', async () => {
    const { house, sourceKey } = await aTown()
    await house.staff('DELETE', '/v1/ops/sources/landing')
    const answer = await house.call('POST', '/v1/matches', { headers: { 'x-source-key': sourceKey }, body: aVisitor() })
    expect([answer.status, answer.body]).toEqual([401, expect.objectContaining({ code: 'KEY_UNKNOWN' })])
  })
})
