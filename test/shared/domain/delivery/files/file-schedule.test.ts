import { describe, expect, it } from 'vitest'
import { findNextRun } from '#shared/domain/delivery/files/file-schedule.ts'

const chicago = 'America/Chicago'

describe('the next run of a schedule', () => {
  it.each([
    ['later today', ['06:00', '18:00'], '2026-11-23T15:00:00.000Z', '2026-11-24T00:00:00.000Z'],
    ['tomorrow', ['06:00'], '2026-11-23T15:00:00.000Z', '2026-11-24T12:00:00.000Z'],
    ['not now, but after it', ['09:00'], '2026-11-23T15:00:00.000Z', '2026-11-24T15:00:00.000Z'],
    ['at midnight', ['00:00'], '2026-11-23T15:00:00.000Z', '2026-11-24T06:00:00.000Z'],
  ])('is %s', (_, times, after, next) => {
    expect(findNextRun({ times }, after, chicago)).toBe(next)
  })

  it('is on one of its days only, a week later at the latest', () => {
    const schedule = { times: ['09:00'], days: ['monday' as const] }
    expect(findNextRun(schedule, '2026-11-23T15:00:00.000Z', chicago)).toBe('2026-11-30T15:00:00.000Z')
    expect(findNextRun(schedule, '2026-11-23T14:59:59.000Z', chicago)).toBe('2026-11-23T15:00:00.000Z')
  })

  it('follows its own time zone, or else that of the school', () => {
    const schedule = { times: ['09:00'], timeZone: 'America/New_York' }
    expect(findNextRun(schedule, '2026-11-23T15:00:00.000Z', chicago)).toBe('2026-11-24T14:00:00.000Z')
  })

  it.each([
    ['skip', '2026-03-07T12:00:00.000Z', '2026-03-12T00:00:00.000Z'],
    ['repeat', '2026-10-31T12:00:00.000Z', '2026-11-05T00:00:00.000Z'],
  ])('is once a day where clocks %s its time', (_, from, until) => {
    const runs: string[] = []
    for (const time of ['01:30', '02:30']) {
      for (
        let run = findNextRun({ times: [time] }, from, chicago);
        run < until;
        run = findNextRun({ times: [time] }, run, chicago)
      )
        runs.push(`${time} ${run.slice(0, 10)}`)
    }
    expect(new Set(runs).size).toBe(runs.length)
    expect(runs).toHaveLength(8)
  })
})
