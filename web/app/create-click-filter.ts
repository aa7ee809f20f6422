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
