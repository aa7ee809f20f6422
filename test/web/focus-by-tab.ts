import type { Page } from 'playwright-core'

const maxStops = 120

/** Presses Tab until what has the focus is called so. @throws where the keyboard does not get there. */
export async function focusByTab(page: Page, name: string | RegExp): Promise<void> {
  const visited: string[] = []
  for (let stop = 0; stop < maxStops; stop++) {
    await page.keyboard.press('Tab')
    const focusedName = await page.evaluate<string>(nameOfFocused)
    if (typeof name === 'string' ? focusedName.startsWith(name) : name.test(focusedName)) return
    visited.push(focusedName)
  }
  throw new Error(`Tab never comes to ${name}, but to ${visited.join(' | ')}`)
}

const nameOfFocused = `(() => {
  let at = document.activeElement
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
  return at?.labels?.[0]?.innerText || at?.innerText || at?.getAttribute('aria-label') || ''
})()`
