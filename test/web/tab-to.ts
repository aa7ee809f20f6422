import type { Page } from 'playwright-core'

const mostStops = 120

/** Presses Tab until what has the focus is called so. @throws where the keyboard does not get there. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const passed: string[] = []
  for (let stop = 0; stop < mostStops; stop++) {
    await page.keyboard.press('Tab')
    const called = await page.evaluate<string>(nameOfFocused)
    if (typeof name === 'string' ? called.startsWith(name) : name.test(called)) return
    passed.push(called)
  }
  throw new Error(`Tab never comes to ${name}, but to ${passed.join(' | ')}`)
}

const nameOfFocused = `(() => {
  let at = document.activeElement
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
  return at?.labels?.[0]?.innerText || at?.innerText || at?.getAttribute('aria-label') || ''
})()`
