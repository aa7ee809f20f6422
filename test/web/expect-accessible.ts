import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { expect } from 'vitest'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8')

/** Name, colors and width of each display mode. */
export const displayModes: [string, BrowserContextOptions][] = [
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['on a narrow phone', { viewport: { width: 320, height: 640 }, colorScheme: 'light' }],
  ['on a narrow phone, dark', { viewport: { width: 320, height: 640 }, colorScheme: 'dark' }],
]

/** Fails if axe finds a violation or the page is wider than the window. */
export async function expectAccessible(page: Page, state: string): Promise<void> {
  expect([state, await findAccessibilityFaults(page)]).toEqual([state, []])
  expect([state, await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')]).toEqual([state, 0])
}

/** The violations that axe finds: rule and elements. */
export async function findAccessibilityFaults(page: Page): Promise<{ rule: string; at: string[] }[]> {
  await page.evaluate(axe)
  return page.evaluate(
    'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => ({ rule: id, at: nodes.map(({ html }) => html) })))',
  )
}
