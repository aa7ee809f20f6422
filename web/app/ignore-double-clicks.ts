import { createClickFilter } from './create-click-filter.ts'

const pageFilter = createClickFilter()
/** Lets the next click count at once: the act of the last one got no response, so it is pressed again on purpose. */
export const forgetLastClick = pageFilter.reset

/**
 * Makes a double click on a button one press. The second click must not repeat what the first one did, and must not press
 * what has moved under the pointer meanwhile. Buttons with `data-repeatable` can be pressed in quick succession.
 */
export function ignoreDoubleClicks(target: Document): void {
  target.addEventListener(
    'click',
    (event) => {
      // A click by keyboard or by a screen reader has no count.
      if (event.detail === 0 || !pageFilter.isRepeat(event)) return
      const button = event.target instanceof Element ? event.target.closest('button') : null
      if (!button || button.dataset.repeatable !== undefined) return
      event.preventDefault()
      event.stopImmediatePropagation()
    },
    { capture: true },
  )
  for (const type of ['keydown', 'input', 'change']) target.addEventListener(type, forgetLastClick, { capture: true })
}
