import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8')

const wide = { width: 1280, height: 720 }
const phone = { width: 320, height: 640 }
/** 200 % zoom in a window of 1280 pixels. */
const zoomed = { width: 640, height: 360 }
const displayModes = [
  { mode: 'light', colorScheme: 'light', viewport: wide, forcedColors: 'none' },
  { mode: 'dark', colorScheme: 'dark', viewport: wide, forcedColors: 'none' },
  { mode: 'on a narrow phone', colorScheme: 'light', viewport: phone, forcedColors: 'none' },
  { mode: 'on a narrow phone, dark', colorScheme: 'dark', viewport: phone, forcedColors: 'none' },
  { mode: 'in forced colors at 200 % zoom', colorScheme: 'light', viewport: zoomed, forcedColors: 'active' },
] as const

/** Fails if, in any display mode, axe finds a violation or the page is wider than the window. Leaves the page wide and light. */
export async function expectAccessible(page: Page, state: string): Promise<void> {
  for (const { mode, viewport, ...media } of displayModes.toReversed()) {
    await page.emulateMedia(media)
    await page.setViewportSize(viewport)
    const where = `${state}, ${mode}`
    expect([where, await findAccessibilityFaults(page)]).toEqual([where, []])
    expect([where, await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')]).toEqual([
      where,
      0,
    ])
  }
}

/** The violations that axe finds: rule and elements. */
export async function findAccessibilityFaults(page: Page): Promise<{ rule: string; at: string[] }[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe)
  return page.evaluate(
    'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => ({ rule: id, at: nodes.map(({ html }) => html) })))',
  )
}
