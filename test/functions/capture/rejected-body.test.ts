import { beforeAll, describe, expect, it } from 'vitest'
import { aLead, createTestSystem, postLead, requestMatch, type TestSystem } from '#test/functions/create-test-system.ts'

let system: TestSystem
let match: Awaited<ReturnType<typeof requestMatch>>
beforeAll(async () => {
  system = await createTestSystem()
  match = await requestMatch(system)
})

describe('a request body', () => {
  const post = (options: Parameters<TestSystem['api']['call']>[2]) => {
    const headers = { 'x-source-key': system.sourceKey, 'idempotency-key': 'body' }
    return system.api.call('POST', '/v1/leads', { ...options, headers: { ...headers, ...options?.headers } })
  }

  it.each([
    '{',
    '',
    '{"a":1,}',
    'null null',
    '{"__proto__":{"polluted":true}}',
    '{"contact":{"__proto__":{"zip":"1"}}}',
  ])('is refused if it is not JSON: %s', async (text) => {
    const { status, body } = await post({ text })
    expect([status, body]).toMatchObject([400, { code: 'MALFORMED_JSON' }])
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', '', undefined])(
    'is refused with the content type %s',
    async (type) => {
      const { status, body } = await post({ text: '{}', headers: { 'content-type': type } })
      expect([status, body]).toMatchObject([415, { code: 'UNSUPPORTED_MEDIA_TYPE' }])
    },
  )

  it('is refused with the type that is accepted', async () => {
    const { headers } = await post({ text: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } })
    expect(headers).toMatchObject({ accept: 'application/json' })
  })

  it.each([
    'application/json ; charset=utf-8',
    'application/json; charset="utf-8"',
    'text/json',
    'application/vnd.api+json',
    'Application/JSON;',
    'application/json,application/json',
    'text/plain, application/json',
  ])('is read with the content type %s', async (type) => {
    const { status, body } = await post({ text: '{', headers: { 'content-type': type } })
    expect([status, body]).toMatchObject([400, { code: 'MALFORMED_JSON' }])
  })

  it('is refused above 64 KiB, in whatever encoding it arrives', async () => {
    const long = { ...aLead(match), page: { url: `https://careers.example/${'x'.repeat(66_000)}` } }
    for (const base64 of [undefined, true] as const) {
      const { status, body } = await post({ body: long, ...(base64 && { base64 }) })
      expect([status, body]).toMatchObject([413, { code: 'BODY_TOO_LARGE' }])
    }
  })

  it.each(['null', '[]', '7', '"text"'])('is refused if it is not an object: %s', async (text) => {
    const { status, body } = await post({ text })
    expect([status, body]).toMatchObject([422, { code: 'INVALID_REQUEST', errors: [{ pointer: '' }] }])
  })

  it('is accepted if API Gateway has encoded it in base64', async () => {
    const headers = { 'content-type': 'application/json; charset=utf-8' }
    expect((await post({ body: aLead(match, 60), base64: true, headers })).status).toBe(201)
  })
})

describe('an internal error', () => {
  it('returns only an incident ID, which the log has too', async () => {
    const { api, ...rest } = await createTestSystem()
    const lead = aLead(await requestMatch({ api, ...rest }))
    api.watch.fault = new Error('canary: table arn:aws:dynamodb, ada1@mail.example')
    const { status, text, body } = await postLead({ api, ...rest }, lead)
    expect(status).toBe(500)
    expect(text).not.toMatch(/canary|dynamodb|ada1/)
    expect(body).toMatchObject({ code: 'FAULT', instance: expect.stringMatching(/^inc_/) })
    const logEntry = api.logEntries.find(({ event }) => event === 'request.faulted')
    expect(logEntry?.fields).toMatchObject(
      body && typeof body === 'object' && 'instance' in body ? { incidentId: body.instance } : {},
    )
  })

  it('does not prevent the same request from being accepted later', async () => {
    const { api, ...rest } = await createTestSystem()
    const lead = aLead(await requestMatch({ api, ...rest }))
    api.watch.beforeCommit = async () => {
      throw new Error('lost')
    }
    const headers = { 'idempotency-key': 'again' }
    expect((await postLead({ api, ...rest }, lead, headers)).status).toBe(500)
    expect((await postLead({ api, ...rest }, lead, headers)).status).toBe(201)
  })
})
