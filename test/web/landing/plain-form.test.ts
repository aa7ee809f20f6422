import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { createClient } from '#shared/contract/client.ts'
import { listLeads, readLead } from '#shared/contract/operator.ts'
import { createPerson } from '../widget/form-page.ts'

let host: Host
let now = new Date()
beforeAll(async () => {
  host = await startHost({ port: 0, now: () => now })
})
afterAll(() => host.close())

const firstStepFields = { step: 'find', '/zip': '78701', '/education/highestLevel': 'high-school-diploma' }
type Fields = { [name: string]: string | string[] }

describe('the form without script', () => {
  it('shows who would take the visitor and what they would agree to, with nothing ticked, before it asks who they are', async () => {
    const { status, text } = await post(firstStepFields)
    expect(status).toBe(200)
    expect(text).toContain('agree that Lone Prairie College, Inc., ')
    expect(text).not.toMatch(/name="\/consent\/granted"[^>]* checked/)
    expect(text.match(/name="\/schoolIds"[^>]* checked/g)).toHaveLength(7)
    expect(text).toContain('What was your most recent grade point average?')
  })

  it('makes one lead, however often it is sent, and leads to a page that names its schools', async () => {
    const fields = await secondStep()
    const before = await countLeads()
    const [first, again] = [await post(fields), await post(fields)]
    expect(first.status).toBe(303)
    expect([again.status, again.location]).toEqual([303, first.location])
    expect(await countLeads()).toBe(before + 1)
    const thanks = await (await fetch(`${host.urls.api}${first.location}`)).text()
    expect(thanks).toContain('<li>Lone Prairie College</li>')
    expect(first.location).not.toMatch(/Ada|mail\.example|512/)
  })

  it('is another enquiry when it is opened anew', async () => {
    const before = await countLeads()
    await post(await secondStep())
    await post(await secondStep())
    expect(await countLeads()).toBe(before + 2)
  })

  it('sends nobody else under the same form, and says that the first has arrived', async () => {
    const fields = await secondStep()
    await post(fields)
    const before = await countLeads()
    const { status, text } = await post({ ...fields, '/contact/firstName': 'Grace' })
    expect(status).toBe(422)
    expect(text).toContain('Your request has arrived already, as you sent it first.')
    expect(await countLeads()).toBe(before)
  })

  it('sends nothing without consent, and shows the text again with what was filled in', async () => {
    const { '/consent/granted': _, ...fields } = await secondStep()
    const before = await countLeads()
    const { status, text } = await post(fields)
    expect(status).toBe(422)
    expect(text).toMatch(/Your agreement is required.*value="Ada"/s)
    expect(text).toContain(`name="key" value="${fields.key}"`)
    expect(await countLeads()).toBe(before)
  })

  it('sends it to the ticked schools alone', async () => {
    const { location = '' } = await post({ ...(await secondStep()), '/schoolIds': ['mesquite-bend-college'] })
    expect(new URLSearchParams(location.split('?')[1]).getAll('school')).toEqual(['mesquite-bend-college'])
  })

  it('keeps where and how the visitor agreed', async () => {
    now = new Date(now.getTime() + 1000)
    await post(await secondStep(), { 'user-agent': 'Lynx/2.9' })
    const { leads } = (await createStaffClient()(listLeads, { query: { limit: 1 } })).body ?? { leads: [] }
    const story = await createStaffClient()(readLead, { params: { leadId: leads[0]?.leadId ?? '' } })
    expect(JSON.stringify(story.body)).toContain('Lynx/2.9')
    expect(JSON.stringify(story.body)).toContain(host.urls.landing)
  })

  it('says beside each field what is wrong, and keeps what was right', async () => {
    const { status, text } = await post({ ...firstStepFields, '/zip': '1234' })
    expect(status).toBe(422)
    expect(text).toContain('ZIP code must be a ZIP code of five digits')
    expect(text).toMatch(/aria-invalid="true" aria-describedby="field-zip-help field-zip-fault"[^>]* value="1234"/)
    expect(text).toContain('<option value="high-school-diploma" selected>')
    const second = await post({ ...(await secondStep()), '/contact/phone': '964523331' })
    expect(second.text).toContain('Phone number must be a phone number that exists')
  })

  it('shows what visitors typed as text', async () => {
    const hostile = '"><script>alert(1)</script>'
    const { text } = await post({
      ...(await secondStep()),
      '/contact/firstName': hostile,
      '/contact/phone': hostile,
      key: hostile,
    })
    expect(text).toContain('&#60;script&#62;')
    expect(text).not.toContain('<script>')
  })

  it('shows a new text when the old one has expired, and asks again', async () => {
    const fields = await secondStep()
    now = new Date(now.getTime() + 3 * 60 * 60 * 1000)
    const { status, text } = await post(fields)
    expect(status).toBe(422)
    expect(text).toContain('Ask for a new match and show its consent text.')
    expect(text).not.toContain(fields.matchId)
    expect(text).not.toMatch(/name="\/consent\/granted"[^>]* checked/)
  })

  it.each([
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ origin: 'https://elsewhere.example' }],
    [{ origin: 'null' }],
    [{ 'content-type': 'text/plain' }],
  ])('takes nothing from other pages: %j', async (headers) => {
    const before = await countLeads()
    expect((await post(await secondStep(), headers)).status).toBe(403)
    expect(await countLeads()).toBe(before)
  })
})

/** The fields of the second page as a browser would send them, filled in by somebody new. */
async function secondStep(): Promise<Fields & { matchId: string; key: string }> {
  const { text } = await post(firstStepFields)
  const hidden = [...text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)]
  const ticked = [...text.matchAll(/name="\/schoolIds" value="([^"]+)" checked/g)].map(([, id = '']) => id)
  const { firstName, lastName, email, phone } = createPerson()
  const getHidden = (name: string) => hidden.find(([, fieldName]) => fieldName === name)?.[2] ?? ''
  return {
    ...Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value])),
    asks: hidden.filter(([, name]) => name === 'asks').map(([, , value = '']) => value),
    matchId: getHidden('matchId'),
    key: getHidden('key'),
    '/schoolIds': ticked,
    '/answers/gpa': '3.4',
    '/contact/firstName': firstName,
    '/contact/lastName': lastName,
    '/contact/email': email,
    '/contact/phone': phone,
    '/consent/granted': 'true',
  }
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
