import { beforeAll, describe, expect, it } from 'vitest'
import { aLead, ask, aTown, send, type Town } from '#test/functions/town.ts'

let town: Town
let match: Awaited<ReturnType<typeof ask>>
beforeAll(async () => {
  town = await aTown()
  match = await ask(town)
})

describe('a body is refused', () => {
  const post = (given: Parameters<Town['house']['call']>[2]) => {
    const headers = { 'x-source-key': town.sourceKey, 'idempotency-key': 'body' }
    return town.house.call('POST', '/v1/leads', { ...given, headers: { ...headers, ...given?.headers } })
  }

  it.each([
    '{',
    '',
    '{"a":1,}',
    'null null',
    '{"__proto__":{"polluted":true}}',
    '{"contact":{"__proto__":{"zip":"1"}}}',
  ])('that is no JSON: %s', async (text) => {
    const { status, body } = await post({ text })
    expect([status, body]).toMatchObject([400, { code: 'MALFORMED_JSON' }])
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', '', undefined])(
    'of the type %s',
    async (type) => {
      const { status, body } = await post({ text: '{}', headers: { 'content-type': type } })
      expect([status, body]).toMatchObject([415, { code: 'UNSUPPORTED_MEDIA_TYPE' }])
    },
  )

  it('of more than 16 KiB, however it is packed', async () => {
    const long = { ...aLead(match), page: { url: `https://careers.example/${'x'.repeat(17_000)}` } }
    for (const base64 of [undefined, true] as const) {
      const { status, body } = await post({ body: long, ...(base64 && { base64 }) })
      expect([status, body]).toMatchObject([413, { code: 'BODY_TOO_LARGE' }])
    }
  })

  it.each(['null', '[]', '7', '"text"'])('that is no object: %s', async (text) => {
    const { status, body } = await post({ text })
    expect([status, body]).toMatchObject([422, { code: 'INVALID_REQUEST', errors: [{ pointer: '' }] }])
  })

  it('but not where API Gateway has packed it', async () => {
    const headers = { 'content-type': 'application/json; charset=utf-8' }
    expect((await post({ body: aLead(match, 60), base64: true, headers })).status).toBe(201)
  })
})

describe('a fault', () => {
  it('shows nothing of its inside but an incident, by which the log knows it', async () => {
    const { house, ...rest } = await aTown()
    const lead = aLead(await ask({ house, ...rest }))
    house.watch.fault = new Error('canary: table arn:aws:dynamodb, ada1@mail.example')
    const { status, text, body } = await send({ house, ...rest }, lead)
    expect(status).toBe(500)
    expect(text).not.toMatch(/canary|dynamodb|ada1/)
    expect(body).toMatchObject({ code: 'FAULT', instance: expect.stringMatching(/^inc_/) })
    const told = house.logged.find(({ event }) => event === 'request.faulted')
    expect(told?.fields).toMatchObject(
      body && typeof body === 'object' && 'instance' in body ? { incidentId: body.instance } : {},
    )
  })

  it('after which the same request is taken', async () => {
    const { house, ...rest } = await aTown()
    const lead = aLead(await ask({ house, ...rest }))
    house.watch.beforeCommit = async () => {
      throw new Error('lost')
    }
    const headers = { 'idempotency-key': 'again' }
    expect((await send({ house, ...rest }, lead, headers)).status).toBe(500)
    expect((await send({ house, ...rest }, lead, headers)).status).toBe(201)
  })
})
