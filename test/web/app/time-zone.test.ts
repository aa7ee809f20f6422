import { afterEach, describe, expect, it } from 'vitest'
import { findDaySpan } from '#shared/domain/reporting/day-span.ts'
import { formatInstant } from '#web/app/format.ts'
import { setTimeZone, toDayStart, toLocalDay } from '#web/app/time-zone.ts'
import { type AttentionRow, sortAttention, toHostRow } from '#web/console/reporting/attention-items.ts'

afterEach(() => setTimeZone(undefined))

describe('the zone in which console and portal show days and times', () => {
  it.each(['UTC', 'America/Chicago', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Kiritimati'])(
    'begins each day in %s when the server does, also when the clocks change',
    (zone) => {
      setTimeZone(zone)
      for (const day of ['2026-03-07', '2026-03-08', '2026-03-09', '2026-11-01', '2026-11-02', '2026-11-23'])
        expect([day, toDayStart(day)]).toEqual([day, findDaySpan(day, zone).from])
    },
  )

  it('is that of the day of an instant and of deadlines', () => {
    setTimeZone('America/Los_Angeles')
    expect(toLocalDay(new Date('2026-11-24T03:30:00.000Z'))).toBe('2026-11-23')
    expect(formatInstant('2026-11-24T03:30:00.000Z')).toMatch(/Nov 23, 2026.*7:30.PM PST/)
  })
})

describe('what needs attention', () => {
  const row = (key: string, more: Partial<AttentionRow> = {}) => ({ key, title: key, help: '', ...more })

  it('has first what stops everything, then what costs most, then the rest in its order', () => {
    const rows = [row('a'), row('b', { cents: 100 }), row('c'), row('d', { cents: 900 }), row('e', { stopsAll: true })]
    expect(sortAttention(rows).map(({ key }) => key)).toEqual(['e', 'd', 'b', 'a', 'c'])
  })

  it('names the school of an endpoint that fails, what waits for it, and where its deliveries are', () => {
    const names = { schools: new Map([['tall-grass', 'Tall Grass College']]), campaigns: new Map() }
    const item = { code: 'endpoint-failing', subject: 'tall-grass', since: '2026-11-23T15:00:00.000Z' } as const
    const found = toHostRow(
      { ...item, reason: '9 failures in a row', detail: 'Ask.' },
      names,
      new Map([['tall-grass', 4500]]),
    )
    expect(found).toMatchObject({
      title: 'A school’s webhook is failing: Tall Grass College',
      cents: 4500,
      to: '/deliveries?state=parked&school=tall-grass',
    })
  })
})
