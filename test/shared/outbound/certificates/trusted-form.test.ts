import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from 'vitest'
import { fakeTrustedForm } from '#local/fake-trusted-form.ts'
import { createTrustedForm } from '#shared/outbound/certificates/create-trusted-form.ts'

const id = 'eb9fc4dd9bed9ad451a5648946cf4bf09b5bb947'
const request = {
  certificate: `https://cert.trustedform.com/${id}`,
  email: 'ada@mail.example',
  phone: '+15127891001',
  reference: 'lead_1',
  source: 'landing',
}
const retained = {
  outcome: 'success',
  reason: null,
  match_lead: {
    email: 'ada@mail.example',
    phone: '5127891001',
    result: { email_match: true, phone_match: true, success: true },
  },
  retain: {
    reference: 'lead_1',
    vendor: 'landing',
    results: { expires_at: '2031-12-01T00:00:00.000Z', masked_cert_url: null },
  },
}
const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

describe('TrustedForm', () => {
  it('is asked to match and retain in one call, with the key and the digits that it compares', async () => {
    const { origin, requests } = await startVendor((_, response) => response.end(JSON.stringify(retained)))
    const result = await createTrustedForm({ apiKey: 'k3y', origin })(request)
    expect(result).toEqual({ kind: 'retained', matches: true, until: '2031-12-01T00:00:00.000Z' })
    expect(requests).toEqual([
      {
        target: `POST /${id}`,
        authorization: `Basic ${Buffer.from('API:k3y').toString('base64')}`,
        version: '4.0',
        body: {
          match_lead: { email: 'ada@mail.example', phone: '5127891001' },
          retain: { reference: 'lead_1', vendor: 'landing' },
        },
      },
    ])
  })

  it('says so if it retained a certificate of another person', async () => {
    const answer = { ...retained, outcome: 'failure', reason: 'No match', match_lead: { result: { success: false } } }
    const { origin } = await startVendor((_, response) => response.end(JSON.stringify(answer)))
    expect(await createTrustedForm({ apiKey: 'k', origin })(request)).toMatchObject({
      kind: 'retained',
      matches: false,
      reason: 'No match',
    })
  })

  it.each([
    [400, 'refused', 'Malformed certificate id'],
    [404, 'refused', 'TrustedForm certificate has expired or could not be found'],
    [405, 'refused', 'Certificate is not claimable'],
    [422, 'refused', 'Certificate has been claimed too many times'],
    [401, 'unavailable', 'Unauthorized'],
    [402, 'unavailable', 'Account is inactive'],
    [403, 'unavailable', 'Unavailable product requested'],
    [429, 'unavailable', 'Too many requests'],
    [500, 'unavailable', 'Internal error'],
  ])('status %i means %s, with what it says', async (status, kind, reason) => {
    const { origin } = await startVendor((_, response) =>
      response.writeHead(status).end(JSON.stringify({ outcome: 'error', reason })),
    )
    expect(await createTrustedForm({ apiKey: 'k', origin })(request)).toEqual({
      kind,
      reason: expect.stringContaining(reason),
    })
  })

  it.each<[string, RequestListener]>([
    ['an HTML page', (_, response) => response.end('<html>')],
    ['a success that retained nothing', (_, response) => response.end('{"outcome":"success"}')],
    ['another JSON', (_, response) => response.end('{"ok":true}')],
    ['status 502', (_, response) => response.writeHead(502).end('oops')],
    ['a redirect', (_, response) => response.writeHead(307, { location: 'https://elsewhere.example' }).end()],
    ['a closed connection', ({ socket }) => socket.destroy()],
    ['an endless response', (_, response) => response.write('{"outcome":')],
  ])('is unavailable when it answers with %s', async (_, respond) => {
    const { origin } = await startVendor(respond)
    const result = await createTrustedForm({ apiKey: 'k', origin, deadlineMs: 100 })(request)
    expect(result.kind).toBe('unavailable')
  })

  it.each([
    'https://cert.trustedform.com.evil.example/eb9fc4dd9bed9ad451a5648946cf4bf09b5bb947',
    'https://cert.trustedform.com/../eb9fc4dd9bed9ad451a5648946cf4bf09b5bb947',
    'http://cert.trustedform.com/eb9fc4dd9bed9ad451a5648946cf4bf09b5bb947',
  ])('does not get the key for the address %s', async (certificate) => {
    const { origin, requests } = await startVendor((_, response) => response.end('{}'))
    expect((await createTrustedForm({ apiKey: 'k', origin })({ ...request, certificate })).kind).toBe('refused')
    expect(requests).toEqual([])
  })

  it('is not quoted where it repeats who the person is', async () => {
    const reason = 'ADA@mail.example and (512) 789-1001 do not match'
    const { origin } = await startVendor((_, response) =>
      response.writeHead(404).end(JSON.stringify({ outcome: 'error', reason })),
    )
    expect(await createTrustedForm({ apiKey: 'k', origin })(request)).toEqual({ kind: 'refused', reason: 'status 404' })
  })

  it('has a fake for sample data that answers as it does', async () => {
    const retain = createTrustedForm({ apiKey: 'k', fetch: fakeTrustedForm })
    const kinds = ['expired', 'claimed', 'mismatch', 'good'].map(async (name) =>
      retain({ ...request, certificate: `https://cert.trustedform.com/${name}${id}` }),
    )
    expect(await Promise.all(kinds)).toMatchObject([
      { kind: 'refused' },
      { kind: 'refused' },
      { kind: 'retained', matches: false },
      { kind: 'retained', matches: true },
    ])
  })
})

async function startVendor(respond: RequestListener) {
  const requests: object[] = []
  const server = createServer(async (incoming, response) => {
    const body = await text(incoming)
    const { authorization, 'api-version': version } = incoming.headers
    requests.push({ target: `${incoming.method} ${incoming.url}`, authorization, version, body: JSON.parse(body) })
    respond(incoming, response)
  }).listen(0, '127.0.0.1')
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  await once(server, 'listening')
  const address = server.address()
  return { origin: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`, requests }
}
