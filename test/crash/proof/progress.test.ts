import { expect, it } from 'vitest'
import { progress } from './progress.ts'

it('tells how far long work is, at most every so often, and that it is done', () => {
  const said: string[] = []
  let now = 0
  const seen = progress('worlds', 100, { now: () => now, say: (line) => said.push(line), everyMs: 60_000 })
  for (let done = 1; done <= 100; done++) {
    now += 1500
    seen(done)
  }
  expect(said).toEqual([
    '  40 of 100 worlds, 0.7 a second, 1 min 30 s left',
    '  80 of 100 worlds, 0.7 a second, 0 min 30 s left',
    '  100 of 100 worlds, 0.7 a second, 0 min 0 s left',
  ])
})
