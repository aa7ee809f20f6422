import type { Browser, BrowserContextOptions, Page, Request } from 'playwright-core'
import type { Host } from '#local/host.ts'
import { createFormPage } from './widget/form-page.ts'

/** Opens a page of the host as a visitor, and records its lead requests and its `lead:` events. `script` runs before the page's own. */
export async function openVisit(
  browser: Browser | undefined,
  { urls }: Pick<Host, 'urls'>,
  path = '/landing/health-record-technician',
  options: BrowserContextOptions = {},
  script = '',
) {
  if (!browser) throw new Error('No browser is available.')
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options })
  context.setDefaultTimeout(60_000)
  const page = await context.newPage()
  const leads: Request[] = []
  page.on('request', (request) => {
    if (request.url().endsWith('/v1/leads') && request.method() === 'POST') leads.push(request)
  })
  await page.addInitScript(recordEvents)
  await page.addInitScript(script)
  await page.goto(new URL(path, urls.api).href)
  const events = () => page.evaluate<string[]>('window.leadEvents')
  return { page, leads, events, form: createFormPage(page), [Symbol.asyncDispose]: () => context.close() }
}

const recordEvents = `window.leadEvents = []
for (const name of ['ready', 'submit', 'accepted', 'rejected', 'error']) addEventListener('lead:' + name, () => leadEvents.push(name))`

export function getIdempotencyKey(request: Request): string | undefined {
  return request.headers()['idempotency-key']
}

export function getBody(request: Request) {
  return request.postDataJSON()
}

/** The id of the focused element, also inside a component. */
export function getFocusedId(page: Page): Promise<string> {
  return page.evaluate('(document.activeElement?.shadowRoot ?? document).activeElement?.id')
}
