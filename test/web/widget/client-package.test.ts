import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { writeClientPackage } from '#cli/client/write-client-package.ts'
import { type Host, startHost } from '#local/host.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { openVisit } from '../open-visit.ts'
import { startBrowser } from '../start-browser.ts'
import { startPublisher } from './start-publisher.ts'

const { browser, missing } = await startBrowser(inject('browserPaths'))
afterAll(() => browser?.close())

describeUnless(missing, 'the package for publishers in a page', () => {
  const folder = mkdtempSync(join(tmpdir(), 'client-page-'))
  let host: Host
  beforeAll(async () => {
    await writeClientPackage(folder)
    host = await startHost({ port: 0 })
  })
  afterAll(async () => {
    rmSync(folder, { recursive: true })
    await host.close()
  })

  it('loads the widget once, and sends a lead from another origin, without the secret key', async () => {
    await using publisher = await startPublisher(() => renderPage(host))
    await using visit = await openVisit(browser, host, publisher.origin)
    await visit.page.locator('[data-outcome]').waitFor()
    await expect.poll(() => visit.page.locator('html').getAttribute('data-outcome')).toBe('accepted')
    await expect.poll(() => visit.page.locator('html').getAttribute('data-secret')).toBe('NoResponseError')
    await visit.form.findSchools()
    await expect.poll(() => visit.page.locator('script[src]').count()).toBe(1)
  })

  function renderPage({ urls, keys }: Host): string {
    const [client, widget] = ['index.js', 'widget.js'].map((name) => readFileSync(join(folder, name), 'utf8'))
    return `<tuition-request-form career="health-record-technician" source-key="${keys.source}"></tuition-request-form>
<script type="module">${client}${widget}
loadWidget('${urls.api}')
loadWidget('${urls.api}')
const baseUrl = '${urls.api}'
const page = createClient({ baseUrl, sourceKey: '${keys.source}' })
const education = { highestLevel: 'high-school-diploma' }
const match = await page.matchSchools({ careerSlug: 'health-record-technician', zip: '78701', education })
const receipt = await page.submitLead({
  matchId: match.matchId,
  contact: { firstName: 'Ada', lastName: 'Example', email: 'ada@mail.example', phone: '(512) 789-1001', zip: '78701' },
  education,
  consent: { granted: true, sha256: await sha256(renderConsentText(match, match.schools.map((school) => school.schoolId))) },
  page: { url: location.href },
})
const secret = createClient({ baseUrl, secretKey: 'sk_1', maxRetries: 0 })
document.documentElement.dataset.secret = await secret.listPublisherLeads().catch((error) => error.name)
document.documentElement.dataset.outcome = receipt.outcome
</script>`
  }
})
