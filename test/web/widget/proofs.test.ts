import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { dummyToken } from '#local/fake-turnstile.ts'
import { type Host, startHost } from '#local/host.ts'
import { listLeads, readLead } from '#shared/contract/capture/leads.ts'
import { createClient } from '#shared/contract/client.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { expectAccessible } from '../expect-accessible.ts'
import { getBody, openVisit } from '../open-visit.ts'
import { startBrowser } from '../start-browser.ts'

const { browser, missing } = await startBrowser(inject('browserPaths'))
afterAll(() => browser?.close())

const certificateUrl = 'https://cert.trustedform.com/eb9fc4dd9bed9ad451a5648946cf4bf09b5bb947'
let host: Host
beforeAll(async () => {
  host = await startHost({ port: 0 })
  await putSource({
    turnstile: true,
    turnstileSiteKey: '1x00000000000000000000AA',
    requireCertificate: true,
    certificateScript: 'trustedform',
  })
})
afterAll(() => host.close())

async function putSource(fields: object) {
  const headers = { authorization: `Bearer ${host.keys.operator}`, 'content-type': 'application/json', 'if-match': '*' }
  const body = JSON.stringify({ name: 'Sample', mode: 'live', abuse: 'enforce', ...fields })
  const response = await fetch(`${host.urls.api}/v1/ops/sources/sample-landing-page`, { method: 'PUT', headers, body })
  expect(response.status).toBe(200)
}

/** Scripts that act as the documents of Cloudflare and ActiveProspect say. */
const fakeTurnstileScript = `window.turnstile = {
  render(box, options) {
    const frame = document.createElement('iframe')
    frame.title = 'Widget containing a security challenge'
    frame.width = options.size === 'compact' ? 150 : 300; frame.height = options.size === 'compact' ? 140 : 65
    box.append(frame)
    window.passCheck = () => options.callback('${dummyToken}')
    if (!window.holdCheck) setTimeout(window.passCheck)
    return 'check-1'
  },
  reset() {},
}`
const fakeTrustedFormScript = `window.trustedFormCertUrlCallback('${certificateUrl}')`

type Script = 'served' | 'blocked'
async function openForm(
  { turnstile = 'served', trustedform = 'served' }: { turnstile?: Script; trustedform?: Script },
  script = '',
) {
  const visit = await openVisit(browser, host, '/landing/health-record-technician', {}, script)
  const refusals: string[] = []
  visit.page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) refusals.push(message.text())
  })
  const serve = async (pattern: string, state: Script, body: string) =>
    visit.page.route(pattern, (route) =>
      state === 'blocked' ? route.abort('blockedbyclient') : route.fulfill({ contentType: 'text/javascript', body }),
    )
  await serve('https://challenges.cloudflare.com/**', turnstile, fakeTurnstileScript)
  await serve('https://api.trustedform.com/**', trustedform, fakeTrustedFormScript)
  await visit.page.reload()
  return { ...visit, refusals }
}

describeUnless(missing, 'the widget of a source that wants proofs of a form', () => {
  it('shows the check, gets a certificate, and sends both with the lead, under the policy of the landing page', async () => {
    await using visit = await openForm({})
    const { form, page } = visit
    await form.goToContactStep()
    await page.getByTitle('Widget containing a security challenge').waitFor()
    await expectAccessible(page, 'the check in the last step')
    await form.agree()
    await form.request()
    await form.thanks()
    expect(visit.leads.map(getBody)).toMatchObject([{ turnstileToken: dummyToken, trustedFormCertUrl: certificateUrl }])
    expect(visit.refusals).toEqual([])
    const call = createClient({ baseUrl: host.urls.api, headers: { authorization: `Bearer ${host.keys.operator}` } })
    const { body: list } = await call(listLeads, { query: { limit: 1 } })
    const { body } = await call(readLead, { params: { leadId: list?.leads[0]?.leadId ?? '' } })
    expect(body).toMatchObject({ outcome: 'accepted', consent: { certificateUrl } })
  })

  it('waits for the check with words, and sends once it is passed', async () => {
    await using visit = await openForm({}, 'window.holdCheck = true')
    const { form, page } = visit
    await form.goToContactStep()
    await form.agree()
    await form.request()
    await form.form.getByText("Please finish the check that you're a person").waitFor()
    expect(visit.leads).toHaveLength(0)
    await page.evaluate('passCheck()')
    await form.agree()
    await form.request()
    await form.thanks()
    expect(visit.leads.map(getBody)).toMatchObject([{ turnstileToken: dummyToken }])
  })

  it('says once that the check was blocked, and sends the request for review if the visitor wants that', async () => {
    await using visit = await openForm({ turnstile: 'blocked' })
    const { form } = visit
    await form.goToContactStep()
    await form.agree()
    await form.request()
    await form.form.getByText('An ad blocker may be blocking challenges.cloudflare.com').waitFor()
    expect(visit.leads).toHaveLength(0)
    await form.agree()
    await form.request()
    await form.thanks()
    expect(visit.leads.map((lead) => getBody(lead).turnstileToken)).toEqual([undefined])
  })

  it('says that a required certificate was blocked, keeps the answers, and sends nothing', async () => {
    await using visit = await openForm({ trustedform: 'blocked' })
    const { form } = visit
    await form.goToContactStep()
    await form.agree()
    await form.request()
    await form.form.getByText('An ad blocker may be blocking trustedform.com').waitFor()
    expect(await form.field('First name').inputValue()).toBe('Ada')
    expect(visit.leads).toHaveLength(0)
  })
})

it('allows the hosts of vendors only on pages whose source asks for them', async () => {
  const readPolicy = async (path: string) =>
    (await fetch(`${host.urls.api}${path}`)).headers.get('content-security-policy') ?? ''
  const withForm = await readPolicy('/landing/health-record-technician')
  expect(withForm).toContain("script-src 'self' https://challenges.cloudflare.com https://cdn.trustedform.com")
  expect(withForm).toContain('frame-src https://challenges.cloudflare.com')
  expect(await readPolicy('/landing')).not.toContain('cloudflare')
  await putSource({ turnstile: true })
  const without = await readPolicy('/landing/health-record-technician')
  expect([without.includes('cloudflare'), without.includes('trustedform')]).toEqual([false, false])
  expect(without).toContain("require-trusted-types-for 'script'")
})
