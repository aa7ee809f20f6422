import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { type Host, startHost } from '#local/host.ts'

let host: Host
beforeAll(async () => {
  host = await startHost({ port: 0 })
})
afterAll(() => host.close())

describe('local host', () => {
  it('answers preflights as API Gateway does, and lets any page read public data', async () => {
    const headers = { origin: 'https://careers.example', 'access-control-request-method': 'POST' }
    const preflight = await get('/v1/leads', { method: 'OPTIONS', headers })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-headers')).toBe(
      'content-type,idempotency-key,traceparent,x-source-key',
    )
    const response = await get('/v1/careers', { headers })
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('access-control-expose-headers')).toContain('etag')
    expect((await get('/v1/careers')).headers.get('access-control-allow-origin')).toBeNull()
  })

  it('caches catalog responses until staff change something', async () => {
    const path = '/v1/careers/health-record-technician'
    const first = await get(path)
    const cachedResponse = await get(path, { headers: { 'if-none-match': first.headers.get('etag') ?? '' } })
    expect([cachedResponse.status, cachedResponse.headers.get('age')]).toEqual([304, '0'])

    const career = { title: 'Keeper of Records', summary: 'Keeps them.', facts: [], sections: [] }
    const putResponse = await get('/v1/ops/careers/health-record-technician', {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${host.keys.operator}`,
        'content-type': 'application/json',
        'if-match': '*',
      },
      body: JSON.stringify(career),
    })
    expect(putResponse.status).toBe(200)
    const freshResponse = await get(path)
    expect(await freshResponse.json()).toMatchObject({ title: 'Keeper of Records' })
    expect(freshResponse.headers.get('age')).toBeNull()
  })

  it('refuses a body over the limit of its route', async () => {
    const body = new Uint8Array(11 * 1024 * 1024)
    const response = await get('/v1/leads', { method: 'POST', body, headers: { 'content-type': 'application/json' } })
    expect(response.status).toBe(413)
    expect(await response.json()).toMatchObject({ code: 'BODY_TOO_LARGE' })
  })

  it('shows its pages under local names only, not under a rebound DNS name', async () => {
    expect(await fetchStatus('/inbox', new URL(host.urls.api).host)).toBe(200)
    expect(await fetchStatus('/inbox', 'localhost')).toBe(200)
    expect(await fetchStatus('/inbox', 'rebound.example')).toBe(404)
    expect(await fetchStatus('/school.json', 'rebound.example')).toBe(404)
    expect(await fetchStatus('/health', 'rebound.example')).toBe(200)
  })

  it.each(['/console', '/portal', '/publisher'])('gives no other site a handle on the window of %s', async (path) => {
    const response = await get(path)
    expect(response.headers.get('cross-origin-opener-policy')).toBe('same-origin')
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  })

  it.each(['/inbox', '/school', '/school/lone-prairie-college'])(
    'serves a page at %s that runs no script and loads nothing',
    async (path) => {
      const response = await get(path)
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(await response.text()).toMatch(/<html lang="en">[\s\S]*<h1>/)
    },
  )

  it.each([
    '/inbox/',
    '/school/',
    '/landing/',
    '/landing/health-record-technician/',
    '/docs/',
    '/console/',
    '/portal/',
    '/publisher/',
  ])('redirects %s to the page without a slash at its end', async (path) => {
    const response = await get(`${path}?a=b`, { redirect: 'manual' })
    expect([response.status, response.headers.get('location')]).toEqual([308, `${path.slice(0, -1)}?a=b`])
    expect((await get(path)).status).toBe(200)
  })

  it.each(['/', '/health', '/v1/careers', '/docs', '/openapi.json', '/inbox', '/console', '/widget.js', '/landing'])(
    'answers HEAD %s as GET',
    async (path) => {
      // The length of a compressed response is that of its compressed bytes, which fetch does not show.
      const headers = { 'accept-encoding': 'identity' }
      const [response, head] = [await get(path, { headers }), await get(path, { headers, method: 'HEAD' })]
      expect([head.status, await head.text()]).toEqual([200, ''])
      const length = String(Buffer.byteLength(await response.text()))
      expect([head.headers.get('content-type'), head.headers.get('content-length')]).toEqual([
        response.headers.get('content-type'),
        length,
      ])
    },
  )

  it('answers OPTIONS that is no preflight with the allowed methods', async () => {
    const response = await get('/v1/careers', { method: 'OPTIONS' })
    expect([response.status, response.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS'])
  })

  it('decodes bodies by their charset and coding, and refuses bytes that are not UTF-8', async () => {
    const visitor = { careerSlug: 'health-record-technician', zip: '78701', education: { highestLevel: 'bachelor' } }
    const match = (body: Uint8Array<ArrayBuffer>, headers: { [name: string]: string } = {}) =>
      get('/v1/matches', {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', 'x-source-key': host.keys.source, ...headers },
      })
    const json = JSON.stringify({ ...visitor, utm: { source: 'café' } })
    expect((await match(Buffer.from(json, 'latin1'))).status).toBe(400)
    const latin = { 'content-type': 'application/json; charset=iso-8859-1' }
    expect((await match(Buffer.from(json, 'latin1'), latin)).status).toBe(200)
    expect((await match(Buffer.from(`\uFEFF${json}`))).status).toBe(200)
    expect((await match(Buffer.from(gzipSync(json)), { 'content-encoding': 'gzip' })).status).toBe(200)
    const refused = await match(Buffer.from(json), { 'content-encoding': 'zstd' })
    expect([refused.status, refused.headers.get('accept-encoding')]).toEqual([415, 'gzip, deflate, br'])
  })

  it('responds with 404 for an unknown message', async () => {
    expect((await get('/inbox/nothing')).status).toBe(404)
  })
})

describe('data folder of the local host', () => {
  const folder = mkdtempSync(join(tmpdir(), 'prospectus-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  it('keeps the changes of staff, and updates the URLs of campaigns of the sample school', async () => {
    const first = await startHost({ port: 0, dataDir: folder })
    await ops(first, 'PUT', 'schools/lone-prairie-college', { name: 'Renamed College', timeZone: 'America/Chicago' })
    await first.close()

    const second = await startHost({ port: 0, dataDir: folder })
    const { endpoint } = campaign.parse(await ops(second, 'GET', 'campaigns/lone-prairie-texas'))
    expect(endpoint.url).toBe(`${second.urls.school}/lone-prairie-college`)
    expect(await ops(second, 'GET', 'schools/lone-prairie-college')).toMatchObject({ name: 'Renamed College' })
    await second.close()
  })

  it('is released when the host is closed and when its port is in use', async () => {
    const port = Number(new URL(host.urls.api).port)
    await expect(startHost({ port, dataDir: folder })).rejects.toThrow(`Port ${port} is already in use.`)
    await (await startHost({ port: 0, dataDir: folder })).close()
  })
})

function get(path: string, init: RequestInit = {}) {
  return fetch(`${host.urls.api}${path}`, init)
}

async function ops({ urls, keys }: Host, method: 'GET' | 'PUT', path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${urls.api}/v1/ops/${path}`, {
    method,
    headers: { authorization: `Bearer ${keys.operator}`, 'content-type': 'application/json', 'if-match': '*' },
    ...(body && { body: JSON.stringify(body) }),
  })
  expect(response.status).toBe(200)
  return response.json()
}

async function fetchStatus(path: string, name: string): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>()
  const outgoing = request(`${host.urls.api}${path}`, { headers: { host: name } }, async (response) => {
    await text(response)
    resolve(response.statusCode)
  })
  outgoing.on('error', reject).end()
  return promise
}

const campaign = z.object({ endpoint: z.object({ url: z.string() }) })
