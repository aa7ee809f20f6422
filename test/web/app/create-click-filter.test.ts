import { describe, expect, it } from 'vitest'
import { createClickFilter } from '#web/app/create-click-filter.ts'

const click = (timeStamp: number, clientX = 100, clientY = 100) => ({ timeStamp, clientX, clientY })
const filterClicks = (...clicks: ReturnType<typeof click>[]) => clicks.map(createClickFilter().isRepeat)

describe('the filter of double clicks', () => {
  it.each([80, 150, 250, 400, 699])('takes a click %i ms after another at the same place for its repeat', (pauseMs) => {
    expect(filterClicks(click(1000), click(1000 + pauseMs, 104, 97))).toEqual([false, true])
  })

  it('takes all further clicks of somebody who keeps clicking for repeats', () => {
    expect(filterClicks(click(0), click(400), click(800), click(1200))).toEqual([false, true, true, true])
  })

  it('takes a click after a longer pause or at another place for a new one', () => {
    expect(filterClicks(click(0), click(700), click(800, 200))).toEqual([false, false, false])
  })

  it('takes a click after something else was done for a new one', () => {
    const filter = createClickFilter()
    filter.isRepeat(click(0))
    filter.reset()
    expect(filter.isRepeat(click(100))).toBe(false)
  })
})
