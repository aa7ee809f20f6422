import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'

let host: Host
beforeAll(async () => {
  host = await startHost({ port: 0 })
})
afterAll(() => host.close())

describe('the landing page', () => {
  it('shows facts with periods and sources, and marks outdated ones', async () => {
    const { text } = await get('/landing/health-record-technician')
    expect(text).toMatch(/Job growth.*15%.*2014-2024.*2014 data.*Employment Projections/s)
    expect(text).toMatch(/Average salary.*\$40,430 a year.*May 2015.*2015 data/s)
    expect(text).toMatch(/2018-2028(?!<span class="stale">)/)
    for (const heading of ['How do I prepare?', 'Related careers', 'Degree options', 'Schools'])
      expect(text).toContain(`>${heading}</h2>`)
    expect(text).toContain('<a href="/landing/database-administrator">Database Administrator</a>')
  })

  it('lists only degrees of which there is a program', async () => {
    const address = `${host.urls.api}/v1/ops/careers/archivist`
    const authorization = `Bearer ${host.keys.operator}`
    const response = await fetch(address, {
      method: 'PUT',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({
        title: 'Archivist',
        summary: 'Keeps records.',
        facts: [],
        sections: [],
        degreeOptions: [{ level: 'master', label: 'Master of Archives' }],
      }),
    })
    expect(response.status).toBe(201)
    const { status, text } = await get('/landing/archivist')
    expect([status, text.includes('Master of Archives'), text.includes('0 programs')]).toEqual([200, false, false])
    await fetch(address, { method: 'DELETE', headers: { authorization, 'if-match': '*' } })
  })

  it('gives a career page a title, a description, a canonical address, and the JSON-LD of the API', async () => {
    const { text } = await get('/landing/health-record-technician')
    expect(text).toContain('<title>Health Record Technician: duties, education, and pay</title>')
    expect(text).toMatch(/<meta name="description" content="Behind every good diagnosis [^"]{60,150}">/)
    expect(text).toContain(`<link rel="canonical" href="${host.urls.landing}">`)
    const [, jsonld = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(text) ?? []
    const own = await fetch(`${host.urls.api}/v1/careers/health-record-technician/jsonld`)
    expect(JSON.parse(jsonld)).toEqual(await own.json())
  })

  it('lists sponsored schools in numbered pages with their own addresses', async () => {
    const [first, second] = [
      await get('/landing/health-record-technician'),
      await get('/landing/health-record-technician?page=2'),
    ]
    expect(first.text).toContain('The schools below pay to be listed here')
    expect(first.text).toMatch(
      /aria-current="page">1<.*href="\/landing\/health-record-technician\?page=2#schools" rel="next"/s,
    )
    expect(second.text).toMatch(/<ol [^>]*start="11"/)
    expect(second.text).toContain(`<link rel="canonical" href="${host.urls.landing}?page=2">`)
    const names = (text: string) =>
      [...text.matchAll(/<h3>([^<]+)<\/h3><span class="sponsored">/g)].map(([, name]) => name)
    expect(names(first.text).length).toBe(10)
    expect(names(second.text).filter((name) => names(first.text).includes(name))).toEqual([])
  })

  it('lists the programs of one degree', async () => {
    const { text } = await get('/landing/health-record-technician?level=bachelor')
    expect(text).toContain('Showing bachelor&#39;s degree programs.')
    expect(text).toMatch(/<small>Bachelor&#39;s degree · /)
    expect(text).not.toMatch(/<small>Associate degree · /)
  })

  it.each(['?page=', '?level=', '?page=&level=', '/request?program='])('takes empty %s as left out', async (rest) => {
    expect((await get(`/landing/health-record-technician${rest}`)).status).toBe(200)
  })

  it('lists all careers', async () => {
    const { status, text } = await get('/landing')
    expect([status, text.match(/<h2><a href="\/landing\//g)?.length]).toEqual([200, 5])
  })

  it.each([
    '/landing/no-such-career',
    '/landing/no-such-career/request',
    '/landing/No%20Career',
    '/landing/health-record-technician/nothing',
    '/landing/health-record-technician/request/more',
    '/landing/health-record-technician?page=99',
    '/landing/health-record-technician?page=0',
    '/landing/health-record-technician?page=x',
    '/landing/health-record-technician/thank-you',
    '/landing/no-such-career/thank-you?outcome=accepted',
  ])('answers 404 with a page for people: %s', async (path) => {
    const { status, text } = await get(path)
    expect(status).toBe(404)
    expect(text).toContain('Page not found')
  })

  it('sends a policy that loads nothing from elsewhere and runs only the widget', async () => {
    const { headers } = await get('/landing/health-record-technician')
    expect(headers.get('content-security-policy')?.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      expect.stringMatching(/^style-src 'sha256-/),
      "connect-src 'self'",
      'img-src data:',
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ])
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('refuses other methods and names the allowed one', async () => {
    for (const method of ['DELETE', 'PUT']) {
      const response = await fetch(host.urls.landing, { method })
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
    }
  })
})

async function get(path: string) {
  const response = await fetch(`${host.urls.api}${path}`)
  return { status: response.status, headers: response.headers, text: await response.text() }
}
