import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { listLeads, readLead } from '#shared/contract/capture/leads.ts'
import { createClient } from '#shared/contract/client.ts'
import { createPerson } from '../widget/form-page.ts'

let host: Host
let now = new Date()
beforeAll(async () => {
  host = await startHost({ port: 0, now: () => now })
})
afterAll(() => host.close())

const firstStepFields = { step: 'find', '/zip': '78701', '/education/highestLevel': 'high-school-diploma' }
type Fields = { [name: string]: string | string[] }

describe('the form without JavaScript', () => {
  it('shows matching schools and the consent text, unchecked, before it asks for contact details', async () => {
    const { status, text } = await post(firstStepFields)
    expect(status).toBe(200)
    expect(text).toContain('agree that Lone Prairie College, Inc., ')
    expect(text).not.toMatch(/name="\/consent\/granted"[^>]* checked/)
    expect(text.match(/name="\/schoolIds"[^>]* checked/g)).toHaveLength(7)
    expect(text).toContain('What was your most recent grade point average?')
  })

  it('makes one lead when sent twice, and redirects to a page that names its schools', async () => {
    const fields = await fillSecondStep()
    const before = await countLeads()
    const [first, again] = [await post(fields), await post(fields)]
    expect(first.status).toBe(303)
    expect([again.status, again.location]).toEqual([303, first.location])
    expect(await countLeads()).toBe(before + 1)
    const thanks = await (await fetch(`${host.urls.api}${first.location}`)).text()
    expect(thanks).toContain('<li>Lone Prairie College</li>')
    // A random ID and its signature may contain any letters.
    expect(first.location?.replace(/lead_[\w-]{22}\.[\w-]{43}/, '')).not.toMatch(/Ada|mail\.example|512/)
  })

  it('links to the page that withdraws the agreement, at this site alone', async () => {
    const { location = '' } = await post(await fillSecondStep())
    const link = await readWithdrawalLink(location)
    expect(link).toMatch(/^\/v1\/withdrawals\/lead_/)
    const page = await fetch(`${host.urls.api}${link}`)
    expect([page.status, await page.text()]).toEqual([
      200,
      expect.stringContaining('<button>Stop contact from all schools</button>'),
    ])
    const withdrawal = await fetch(`${host.urls.api}${link}`, { method: 'POST' })
    expect([withdrawal.status, await withdrawal.text()]).toEqual([202, expect.stringContaining('<h1>You&#39;re done.')])
    for (const forged of ['https://elsewhere.example', `https://elsewhere.example${link}`, 'javascript:alert(1)', ''])
      expect(await readWithdrawalLink(location.replace(/(?<=withdrawal=).*/, encodeURIComponent(forged)))).toBe(
        undefined,
      )
  })

  it('makes another lead when it is opened again', async () => {
    const before = await countLeads()
    await post(await fillSecondStep())
    await post(await fillSecondStep())
    expect(await countLeads()).toBe(before + 2)
  })

  it('refuses another person under the same key, and says that the first request was sent', async () => {
    const fields = await fillSecondStep()
    await post(fields)
    const before = await countLeads()
    const { status, text } = await post({ ...fields, '/contact/firstName': 'Grace' })
    expect(status).toBe(422)
    expect(text).toContain('You&#39;ve already requested information, so we didn&#39;t send it again.')
    expect(await countLeads()).toBe(before)
  })

  it('sends nothing without consent, and shows the text again with the entered values', async () => {
    const { '/consent/granted': _, ...fields } = await fillSecondStep()
    const before = await countLeads()
    const { status, text } = await post(fields)
    expect(status).toBe(422)
    expect(text).toMatch(/Check the box to agree\..*value="Ada"/s)
    expect(text).toContain(`name="key" value="${fields.key}"`)
    expect(await countLeads()).toBe(before)
  })

  it('shows the text for the checked schools before it sends the lead to them alone', async () => {
    const fields = { ...(await fillSecondStep()), '/schoolIds': ['mesquite-bend-college'] }
    const before = await countLeads()
    const shown = await post(fields)
    expect([shown.status, await countLeads()]).toEqual([422, before])
    expect(shown.text).toContain('The agreement now names only the schools you selected.')
    expect(readConsentText(shown.text)).toMatch(/agree that Mesquite Bend [^,]* may contact me/)
    expect(shown.text).not.toMatch(/name="\/consent\/granted"[^>]* checked/)
    expect(shown.text).toMatch(/value="Ada"/)
    const { location = '' } = await post({ ...fields, ...readHiddenFields(shown.text), '/consent/granted': 'true' })
    expect(new URLSearchParams(location.split('?')[1]).getAll('school')).toEqual(['mesquite-bend-college'])
    const { leads } = (await createStaffClient()(listLeads, { query: { limit: 100 } })).body ?? { leads: [] }
    const stories = await Promise.all(
      leads.map(({ leadId }) => createStaffClient()(readLead, { params: { leadId } }).then(({ body }) => body)),
    )
    expect(stories.map((story) => story?.consent?.disclosure)).toContainEqual(
      expect.objectContaining({
        text: readConsentText(shown.text),
        schoolIds: ['mesquite-bend-college'],
      }),
    )
  })

  it('shows the text for the checked schools on request, without errors, and sends nothing', async () => {
    const before = await countLeads()
    const { text } = await post({
      ...(await fillSecondStep()),
      '/schoolIds': ['mesquite-bend-college'],
      '/contact/phone': '',
      update: 'true',
    })
    expect(readConsentText(text)).toMatch(/agree that Mesquite Bend [^,]* may contact me/)
    expect(text).not.toContain('class="summary"')
    expect(await countLeads()).toBe(before)
  })

  it('leaves schools unchecked that the visitor unchecked when the form has an error', async () => {
    const { text } = await post({
      ...(await fillSecondStep()),
      '/schoolIds': ['mesquite-bend-college'],
      '/contact/phone': '964523331',
    })
    expect([...text.matchAll(/name="\/schoolIds" value="([^"]+)" checked/g)].map(([, id]) => id)).toEqual([
      'mesquite-bend-college',
    ])
  })

  it('requires no answer to a question of a school that the visitor unchecked', async () => {
    const { '/answers/gpa': _, ...fields } = await fillSecondStep()
    const [first, ...others] = [fields['/schoolIds'] ?? []].flat()
    expect(others.length).toBeGreaterThan(3)
    const withAll = await post(fields)
    expect([withAll.status, withAll.text.includes('Please answer this question.')]).toEqual([422, true])
    const withoutAsker = await post({ ...fields, '/schoolIds': [first ?? ''] })
    const agreed = { ...fields, '/schoolIds': [first ?? ''], ...readHiddenFields(withoutAsker.text) }
    const { status, location = '' } = await post({ ...agreed, '/consent/granted': 'true' })
    expect([status, new URLSearchParams(location.split('?')[1]).getAll('school')]).toEqual([303, [first]])
  })

  it('names the program that was asked for, and offers other schools with the same answers if it is not offered', async () => {
    const program = 'golden-poppy-hit-associate'
    const opened = await (await fetch(`${host.urls.landing}/request?program=${program}`)).text()
    expect(opened).toMatch(
      /<h1 class="program-title">Associate of [^<]+<small>Golden Poppy Health College<\/small><\/h1>/,
    )
    const { text } = await post({ ...firstStepFields, '/zip': '43215', program })
    expect(text).toContain('This program is not available to you')
    expect(text).toContain('Golden Poppy Health College doesn&#39;t offer Associate of ')
    const others = await post({ ...readHiddenFields(text) })
    expect(others.text.match(/name="\/schoolIds"[^>]* checked/g)?.length).toBeGreaterThan(1)
  })

  it('stores user agent and page of the consent', async () => {
    now = new Date(now.getTime() + 1000)
    await post(await fillSecondStep(), { 'user-agent': 'Lynx/2.9' })
    const { leads } = (await createStaffClient()(listLeads, { query: { limit: 1 } })).body ?? { leads: [] }
    const lead = await createStaffClient()(readLead, { params: { leadId: leads[0]?.leadId ?? '' } })
    expect(JSON.stringify(lead.body)).toContain('Lynx/2.9')
    expect(JSON.stringify(lead.body)).toContain(host.urls.landing)
  })

  it('passes on Global Privacy Control of the browser', async () => {
    const readLatest = async () => {
      const { leads } = (await createStaffClient()(listLeads, { query: { limit: 1 } })).body ?? { leads: [] }
      return (await createStaffClient()(readLead, { params: { leadId: leads[0]?.leadId ?? '' } })).body
    }
    for (const signal of ['1', '0']) {
      now = new Date(now.getTime() + 1000)
      await post(await fillSecondStep(), { 'sec-gpc': signal })
      expect((await readLatest())?.globalPrivacyControl).toBe(signal === '1' ? true : undefined)
    }
  })

  it('sends UTM labels, sub IDs and click IDs of the address that the visitor came with', async () => {
    const query = '?utm_source=news&utm_Campaign=fall&sub1=a7&gclid=Cj0K&email=ada%40mail.example.com'
    const opened = await (await fetch(`${host.urls.landing}${query}`)).text()
    const labels = readHiddenFields(opened)
    expect(labels).toMatchObject({ utm_source: 'news', utm_Campaign: 'fall', sub1: 'a7', gclid: 'Cj0K' })
    expect(labels).not.toHaveProperty('email')
    const { text } = await post({ ...firstStepFields, ...labels, step: 'find' })
    expect(readHiddenFields(text)).toMatchObject({ utm_source: 'news', sub1: 'a7' })
    now = new Date(now.getTime() + 1000)
    await post({ ...(await fillSecondStep()), ...labels, step: 'send' })
    const { leads } = (await createStaffClient()(listLeads, { query: { limit: 1 } })).body ?? { leads: [] }
    const { body } = await createStaffClient()(readLead, { params: { leadId: leads[0]?.leadId ?? '' } })
    expect(body).toMatchObject({
      utm: { source: 'news', Campaign: 'fall' },
      subIds: { sub1: 'a7', gclid: 'Cj0K' },
    })
  })

  it('shows our own sentence at each wrong field, and keeps the entered values', async () => {
    const { status, text } = await post({ ...firstStepFields, '/zip': '1234' })
    expect(status).toBe(422)
    expect(text).toContain('Enter a 5-digit ZIP code.')
    expect(text).toMatch(/aria-invalid="true" aria-describedby="field-zip-help field-zip-fault"[^>]* value="1234"/)
    expect(text).toContain('<option value="high-school-diploma" selected>')
    const second = await post({ ...(await fillSecondStep()), '/contact/phone': '964523331' })
    expect(second.text).toContain('Enter a valid 10-digit phone number, like (512) 555-0123')
  })

  it('cleans what was pasted as the widget and the API do, and refuses nothing that nobody sees', async () => {
    const copied = (text: string | string[] | undefined) => `\u202a${text}\u202c\u00a0`
    const first = { ...firstStepFields, '/zip': copied('78701 - 1234'), '/modality': '', program: '' }
    expect((await post(first)).status).toBe(200)
    const fields = await fillSecondStep()
    const marked = [
      '/contact/firstName',
      '/contact/lastName',
      '/contact/email',
      '/contact/phone',
      '/answers/gpa',
      '/zip',
    ]
    now = new Date(now.getTime() + 1000)
    const response = await post(
      { ...fields, ...Object.fromEntries(marked.map((name) => [name, copied(fields[name])])) },
      { 'user-agent': `Lynx${'x'.repeat(3000)}` },
    )
    expect([response.status, response.text]).toEqual([303, ''])
    const { leads } = (await createStaffClient()(listLeads, { query: { limit: 1 } })).body ?? { leads: [] }
    expect(leads[0]).toMatchObject({ state: 'TX', outcome: 'accepted' })
  })

  it('says in plain words why a school cannot call a number', async () => {
    const { text } = await post({ ...(await fillSecondStep()), '/contact/phone': '(800) 555-1234' })
    expect(text).toContain('Enter your own phone number, not a toll-free number.')
    const foreign = await post({ ...(await fillSecondStep()), '/contact/phone': '+44 20 7946 0958' })
    expect(foreign.text).toContain('Enter a U.S. phone number.')
  })

  it('shows typed markup as text', async () => {
    const hostile = '"><script>alert(1)</script>'
    const { text } = await post({
      ...(await fillSecondStep()),
      '/contact/firstName': hostile,
      '/contact/phone': hostile,
      key: hostile,
    })
    expect(text).toContain('&#60;script&#62;')
    expect(text).not.toContain('<script>')
  })

  it('shows a new consent text after the match has expired, and asks for consent again', async () => {
    const fields = await fillSecondStep()
    now = new Date(now.getTime() + 3 * 60 * 60 * 1000)
    const { status, text } = await post(fields)
    expect(status).toBe(422)
    expect(text).toContain('Please read the agreement again.')
    expect(text).not.toContain(fields.matchId)
    expect(text).not.toMatch(/name="\/consent\/granted"[^>]* checked/)
  })

  it('accepts the form of its own page with `Origin: null`, which browsers send under `Referrer-Policy: no-referrer`', async () => {
    const before = await countLeads()
    const headers = { origin: 'null', 'sec-fetch-site': 'same-origin' }
    expect((await post(await fillSecondStep(), headers)).status).toBeLessThan(400)
    expect(await countLeads()).toBe(before + 1)
  })

  it.each([
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ origin: 'https://elsewhere.example' }],
    [{ origin: 'null' }],
    [{ origin: 'null', 'sec-fetch-site': 'cross-site' }],
    [{ origin: 'null', 'sec-fetch-site': 'same-site' }],
    [{ origin: 'null', 'sec-fetch-site': 'none' }],
    [{ 'content-type': 'text/plain' }],
  ])('refuses posts from other sites: %j', async (headers) => {
    const before = await countLeads()
    expect((await post(await fillSecondStep(), headers)).status).toBe(403)
    expect(await countLeads()).toBe(before)
  })
})

/** The fields of the second page as a browser sends them, filled in by a new person. */
async function fillSecondStep(): Promise<Fields & { matchId: string; key: string }> {
  const { text } = await post(firstStepFields)
  const hidden = [...text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)]
  const checked = [...text.matchAll(/name="\/schoolIds" value="([^"]+)" checked/g)].map(([, id = '']) => id)
  const { firstName, lastName, email, phone } = createPerson()
  const getHidden = (name: string) => hidden.find(([, fieldName]) => fieldName === name)?.[2] ?? ''
  return {
    ...Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value])),
    asks: hidden.filter(([, name]) => name === 'asks').map(([, , value = '']) => value),
    matchId: getHidden('matchId'),
    key: getHidden('key'),
    '/schoolIds': checked,
    '/answers/gpa': '3.4',
    '/contact/firstName': firstName,
    '/contact/lastName': lastName,
    '/contact/email': email,
    '/contact/phone': phone,
    '/consent/granted': 'true',
  }
}

function readHiddenFields(text: string): { [name: string]: string } {
  const hidden = text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)
  return Object.fromEntries(
    [...hidden].flatMap(([, name = '', value = '']) => (name === 'asks' ? [] : [[name, value] as const])),
  )
}

async function readWithdrawalLink(location: string): Promise<string | undefined> {
  const html = await (await fetch(`${host.urls.api}${location}`)).text()
  expect(html).toContain('You can opt out at any time: ')
  return /<a href="([^"]*)">Withdraw my agreement<\/a>/.exec(html)?.[1]
}

function readConsentText(html: string): string | undefined {
  return /id="consent-text"[^>]*>([^<]*)</.exec(html)?.[1]
}

async function post(fields: Fields, headers: { [name: string]: string } = {}) {
  const pairs = Object.entries(fields).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, one]),
  )
  const response = await fetch(`${host.urls.landing}/request`, {
    method: 'POST',
    body: new URLSearchParams(pairs).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    redirect: 'manual',
  })
  return {
    status: response.status,
    location: response.headers.get('location') ?? undefined,
    text: await response.text(),
  }
}

function createStaffClient() {
  return createClient({ baseUrl: host.urls.api, headers: { authorization: `Bearer ${host.keys.operator}` } })
}

async function countLeads(): Promise<number> {
  const { body } = await createStaffClient()(listLeads, { query: { limit: 100 } })
  return body?.leads.length ?? 0
}
