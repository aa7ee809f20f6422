import type { Page } from 'playwright-core'

const maxStops = 120

/** Presses Tab until the focused element has this name. @throws if it is not among the first 120 stops. */
export async function focusByTab(page: Page, name: string | RegExp): Promise<void> {
  const visited: string[] = []
  for (let stop = 0; stop < maxStops; stop++) {
    await page.keyboard.press('Tab')
    const focusedName = await page.evaluate<string>(nameOfFocused)
    if (typeof name === 'string' ? focusedName.startsWith(name) : name.test(focusedName)) return
    visited.push(focusedName)
  }
  throw new Error(`Tab does not reach ${name}. It reaches: ${visited.join(' | ')}`)
}

const nameOfFocused = `(() => {
  let at = document.activeElement
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
  return at?.labels?.[0]?.innerText || at?.innerText || at?.getAttribute('aria-label') || ''
})()`
