import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { expect } from 'vitest'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8')

/** Each with its colours and its width. */
export const displayModes: [string, BrowserContextOptions][] = [
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['on a narrow phone', { viewport: { width: 320, height: 640 }, colorScheme: 'light' }],
  ['on a narrow phone, dark', { viewport: { width: 320, height: 640 }, colorScheme: 'dark' }],
]

/** Nothing that axe finds, and nothing that is wider than the window. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  expect([where, await findAccessibilityFaults(page)]).toEqual([where, []])
  expect([where, await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')]).toEqual([where, 0])
}

/** What axe finds, by its rule. */
export async function findAccessibilityFaults(page: Page): Promise<{ rule: string; at: string[] }[]> {
  await page.evaluate(axe)
  return page.evaluate(
    'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => ({ rule: id, at: nodes.map(({ html }) => html) })))',
  )
}
