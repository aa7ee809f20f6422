import { expect, it } from 'vitest'
import { createProgressReporter } from './create-progress-reporter.ts'

it('reports progress at most once per interval, and at the end', () => {
  const messages: string[] = []
  let now = 0
  const report = createProgressReporter('worlds', 100, {
    now: () => now,
    write: (line) => messages.push(line),
    everyMs: 60_000,
  })
  for (let completed = 1; completed <= 100; completed++) {
    now += 1500
    report(completed)
  }
  expect(messages).toEqual([
    '  40 of 100 worlds, 0.7 a second, 1 min 30 s left',
    '  80 of 100 worlds, 0.7 a second, 0 min 30 s left',
    '  100 of 100 worlds, 0.7 a second, 0 min 0 s left',
  ])
})
