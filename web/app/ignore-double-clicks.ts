/** The longest pause between the clicks of a double click, and how far the pointer moves in it. */
const maxPauseMs = 700
const maxDistancePixels = 10

type Click = { timeStamp: number; clientX: number; clientY: number }

/** Returns whether a click is the second or a later one of a double click. It must be given every click. */
export function createClickFilter() {
  let previous: Click | undefined
  return {
    isRepeat(click: Click): boolean {
      const isRepeat =
        previous !== undefined &&
        click.timeStamp - previous.timeStamp < maxPauseMs &&
        Math.hypot(click.clientX - previous.clientX, click.clientY - previous.clientY) <= maxDistancePixels
      previous = click
      return isRepeat
    },
    /** The person did something else in between, so the next click is meant. */
    reset() {
      previous = undefined
    },
  }
}

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
