import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { Host } from '#local/host.ts'

/** Opens the console, signed in by the link that `npm start` prints. */
export async function openConsole(
  browser: Browser | undefined,
  { urls, keys }: Pick<Host, 'urls' | 'keys'>,
  options: BrowserContextOptions = {},
) {
  if (!browser) throw new Error('There is no browser.')
  const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-US', ...options })
  context.setDefaultTimeout(60_000)
  const page = await context.newPage()
  await page.goto(`${urls.console}#key=${keys.operator}`)
  return { page, ...createPageActions(page), [Symbol.asyncDispose]: () => context.close() }
}

/** Actions on a page by the names that people see. */
export function createPageActions(page: Page) {
  return {
    goTo: async (path: string, heading: string) => {
      await page.evaluate(`location.hash = ${JSON.stringify(path)}`)
      await page.getByRole('heading', { level: 1, name: heading }).waitFor()
      await page.getByText('Loading…').first().waitFor({ state: 'detached' })
    },
    press: (name: string) => page.getByRole('button', { name, exact: true }).click(),
    follow: (name: string) => page.getByRole('link', { name, exact: true }).first().click(),
    waitForText: (text: string) => page.getByText(text).first().waitFor(),
  }
}
