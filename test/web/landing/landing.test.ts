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
    expect(text.length).toBeLessThan(60_000)
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
    const [, description = ''] = /<meta name="description" content="([^"]*)">/.exec(text) ?? []
    expect(description).toBe(
      'Health Record Technician: $50,250 a year, 7.1% job growth, what to study, and schools to compare. Request tuition information for free.',
    )
    expect(description.length).toBeLessThan(160)
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
      [...text.matchAll(/<h3>([^<]+)<small>[^<]+<\/small><\/h3><span class="sponsored">/g)].map(([, name]) => name)
    expect(names(first.text).length).toBe(10)
    expect(names(second.text).filter((name) => names(first.text).includes(name))).toEqual([])
  })

  it('lists the programs of one degree', async () => {
    const { text } = await get('/landing/health-record-technician?level=bachelor')
    expect(text).toMatch(/\d schools?: Bachelor&#39;s degree/)
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

  it('shows pay with its range, growth and typical education with period and source in the hero', async () => {
    const { text } = await get('/landing/health-record-technician')
    const [, figures = ''] = /<dl class="figures"[^>]*>(.*?)<\/dl>/s.exec(text) ?? []
    const words = figures.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')
    expect(words).toContain(
      'Typical pay $50,250 a year $35,780 $80,950 Most people earn from $35,780 to $80,950. 1 in 10 earn less, and 1 in 10 earn more. May 2024, BLS',
    )
    expect(words).toContain('Job growth +7.1% 2024-2034, BLS')
    expect(words).toContain('Typical education Certificate or diploma after high school')
  })

  it('shows logo or initials, place, level, format, length and tuition of what a school offers', async () => {
    const { text } = await get('/landing/health-record-technician?state=TX')
    expect(text).toMatch(/aria-hidden="true">LP<\/span><h3>Lone Prairie College<small>Austin, TX<\/small>/)
    expect(text).toContain('Certificate · Online · 12 months · $7,850 tuition')
    const school = { name: 'Alder College', timeZone: 'America/Chicago', logoUrl: 'https://alder.example/logo.svg' }
    const program = {
      schoolId: 'alder',
      name: 'Records',
      careerSlugs: ['archivist'],
      level: 'diploma',
      modality: 'online',
    }
    await put('careers/archivist', { title: 'Archivist', summary: 'Keeps records.', facts: [], sections: [] })
    await put('schools/alder', school)
    await put('programs/alder-records', program)
    const page = await get('/landing/archivist')
    expect(page.text).toMatch(/<img class="logo" src="https:\/\/alder.example\/logo.svg" alt="" [^>]*no-referrer/)
    expect(page.headers.get('content-security-policy')).toContain("img-src 'self' data: https://alder.example;")
  })

  it('has less than 103 KB with its script, before compression', async () => {
    const [page, script] = [await get('/landing/health-record-technician'), await get('/widget.js')]
    expect(Buffer.byteLength(page.text + script.text)).toBeLessThan(103_000)
  })

  it.each([
    ['?state=TX', ['TX'], 7],
    ['?state=Texas', ['TX'], 7],
    ['?state=78701', ['TX'], 7],
    ['?modality=online&level=certificate', ['Certificate', 'Online'], 3],
    ['?state=TX&level=doctorate', [], 0],
  ])('lists the schools of %s', async (query, names, count) => {
    const { text } = await get(`/landing/health-record-technician${query}`)
    const [, line = ''] = /<p class="count">(.*?)<a /.exec(text) ?? []
    expect(line.trim()).toBe(count === 0 ? 'No schools match these filters.' : `${count} schools: ${names.join(', ')}`)
  })

  it('says what to enter if a state is none, and filters nothing', async () => {
    const { status, text } = await get('/landing/health-record-technician?state=Tejas%22')
    expect(status).toBe(200)
    expect(text).toMatch(/value="Tejas&#34;" aria-invalid="true".*Enter a state, such as TX, or a 5-digit ZIP code\./s)
  })

  it('shows one label on each sponsored school and one disclosure above them', async () => {
    const { text } = await get('/landing/health-record-technician')
    expect(text.match(/>Sponsored</g)).toHaveLength(10)
    expect(text.match(/pay to be listed/g)).toHaveLength(1)
  })

  it('passes the labels of the visit on in every link and form of the page', async () => {
    const { text } = await get('/landing/health-record-technician?utm_source=news')
    const links = [...text.matchAll(/href="(\/(?:landing[^"]*|))"/g)].map(([, href = '']) => href)
    expect(links.length).toBeGreaterThan(15)
    expect(links.filter((href) => !href.includes('utm_source=news'))).toEqual([])
    const forms = text.match(/<form.*?<\/form>/gs) ?? []
    expect(forms.map((form) => form.includes('name="utm_source" value="news"'))).toEqual([true, true])
  })

  it('is described for previews of links, with a favicon, breadcrumbs, robots and sitemap', async () => {
    const { text } = await get('/landing/health-record-technician')
    for (const property of ['og:type', 'og:title', 'og:description', 'og:url', 'og:site_name'])
      expect(text).toMatch(new RegExp(`<meta property="${property}" content="[^"]+">`))
    const [, breadcrumb = ''] = [...text.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)][1] ?? []
    expect(JSON.parse(breadcrumb).itemListElement.map(({ item }: { item: string }) => item)).toEqual([
      `${host.urls.api}/`,
      `${host.urls.api}/landing`,
      host.urls.landing,
    ])
    expect((await get('/favicon.svg')).text).toMatch(/^<svg .*>CP<\/text><\/svg>$/)
    expect((await get('/robots.txt')).text).toContain(`Sitemap: ${host.urls.api}/sitemap.xml`)
    expect((await get('/sitemap.xml')).text).toMatch(
      new RegExp(`<url><loc>${host.urls.landing}</loc><lastmod>\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z</lastmod></url>`),
    )
  })

  it('links to privacy policy and terms on every page', async () => {
    for (const path of ['/', '/landing', '/landing/health-record-technician', '/landing/nothing-here', '/terms'])
      expect((await get(path)).text).toMatch(/<footer.*href="\/privacy".*href="\/terms"/s)
    expect((await get('/privacy')).text).toContain('<h1>Privacy policy</h1>')
  })

  it('has a home page with a search over careers, and an index for programs at the same address', async () => {
    const search = async (query: string) => {
      const { text } = await get(`/?query=${encodeURIComponent(query)}`)
      return [...text.matchAll(/<h2><a href="\/landing\/([a-z-]+)"/g)].map(([, slug]) => slug)
    }
    expect((await get('/')).text).toContain('<h1>Find a career')
    expect(await search('records')).toContain('health-record-technician')
    expect(await search('Database admin')).toEqual(['database-administrator'])
    expect((await get('/?query=%3Cscript%3Ezzz')).text).toContain('0 careers found for “&#60;script&#62;zzz”')
    const index = await fetch(`${host.urls.api}/`, { headers: { accept: 'application/json' } })
    expect(await index.json()).toMatchObject({ name: 'Prospectus' })
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
    '/landing/health-record-technician/request?program=nope',
    '/landing/database-administrator/request?program=lone-prairie-hit-associate',
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
      "img-src 'self' data:",
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

async function put(path: string, body: object): Promise<void> {
  const headers = { authorization: `Bearer ${host.keys.operator}`, 'content-type': 'application/json' }
  const address = `${host.urls.api}/v1/ops/${path}`
  expect((await fetch(address, { method: 'PUT', headers, body: JSON.stringify(body) })).status).toBe(201)
}

async function get(path: string) {
  const response = await fetch(`${host.urls.api}${path}`, { headers: { accept: 'text/html' } })
  return { status: response.status, headers: response.headers, text: await response.text() }
}
