import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import {
  federalRule,
  getCallingRule,
  listStaleRules,
  maxRuleAgeDays,
  stateRules,
} from '#shared/domain/routing/calling/calling-rules.ts'
import { contactWindow, findContactWindow, findNextContactTime } from '#shared/domain/routing/calling/contact-window.ts'
import { findFirstDeliveryTime } from '#shared/domain/routing/calling/delivery-time.ts'
import { findTimeZoneOfZip } from '#shared/domain/routing/calling/time-zone-of-zip.ts'
import { addDays } from '#shared/domain/time.ts'

const austin = { zip: '78701', state: 'TX' }
const elPaso = { zip: '79901', state: 'TX' }
const columbus = { zip: '43215', state: 'OH' }
const mobile = { zip: '36602', state: 'AL' }

describe('the time zone of a ZIP code', () => {
  it.each([
    ['10001', 'NY', 'America/New_York'],
    ['78701', 'TX', 'America/Chicago'],
    ['79901', 'TX', 'America/Denver'],
    ['88510', 'TX', 'America/Denver'],
    ['32501', 'FL', 'America/Chicago'],
    ['33101', 'FL', 'America/New_York'],
    ['37201', 'TN', 'America/Chicago'],
    ['37402', 'TN', 'America/New_York'],
    ['42101', 'KY', 'America/Chicago'],
    ['46402', 'IN', 'America/Chicago'],
    ['49801', 'MI', 'America/Chicago'],
    ['83814', 'ID', 'America/Los_Angeles'],
    ['97914', 'OR', 'America/Denver'],
    ['85001', 'AZ', 'America/Phoenix'],
    ['86515', 'AZ', 'America/Denver'],
    ['99546', 'AK', 'America/Adak'],
    ['96801', 'HI', 'Pacific/Honolulu'],
    ['00901', 'PR', 'America/Puerto_Rico'],
  ])('of %s in %s is %s', (zip, state, expected) => {
    expect(findTimeZoneOfZip({ zip, state })).toBe(expected)
  })

  it('is unknown for a military address, which has no window either and never waits', () => {
    const military = { zip: '09012', state: 'AE' }
    expect(findTimeZoneOfZip(military)).toBeUndefined()
    expect(findContactWindow(military, '2026-11-23T03:00:00.000Z')).toBeUndefined()
    expect(findNextContactTime(military, '2026-11-23T03:00:00.000Z')).toBe('2026-11-23T03:00:00.000Z')
  })
})

describe('the contact window', () => {
  it('is the federal one, 8 a.m. to 9 p.m. by the clock of the visitor, in a state without stricter hours', () => {
    const window = { opensAt: '2026-11-23T13:00:00.000Z', closesAt: '2026-11-24T02:00:00.000Z', rule: 'US' }
    expect(findContactWindow(columbus, '2026-11-23T09:00:00.000Z')).toEqual(window)
    expect(findContactWindow(columbus, '2026-11-24T01:59:59.999Z')).toEqual(window)
    expect(contactWindow.parse(findContactWindow(columbus, '2026-11-24T02:00:00.000Z'))).toEqual({
      opensAt: '2026-11-24T13:00:00.000Z',
      closesAt: '2026-11-25T02:00:00.000Z',
      rule: 'US',
    })
  })

  it('is that of the state if it is stricter, and opens an hour later in the west of Texas', () => {
    const at = '2026-11-23T12:00:00.000Z'
    expect(findContactWindow(austin, at)).toMatchObject({ opensAt: '2026-11-23T15:00:00.000Z', rule: 'TX' })
    expect(findContactWindow(elPaso, at)).toMatchObject({ opensAt: '2026-11-23T16:00:00.000Z', rule: 'TX' })
  })

  it('opens at noon on a Sunday in Texas, and not at all in Alabama, nor on a holiday there', () => {
    const sunday = '2026-11-22T06:00:00.000Z'
    expect(findContactWindow(austin, sunday)).toMatchObject({ opensAt: '2026-11-22T18:00:00.000Z' })
    expect(findContactWindow(mobile, sunday)).toMatchObject({ opensAt: '2026-11-23T14:00:00.000Z', rule: 'AL' })
    // Thanksgiving is Thursday, November 26, 2026. In Texas calls are allowed.
    const thanksgiving = '2026-11-26T12:00:00.000Z'
    expect(findContactWindow(mobile, thanksgiving)).toMatchObject({ opensAt: '2026-11-27T14:00:00.000Z' })
    expect(findContactWindow(austin, thanksgiving)).toMatchObject({ opensAt: '2026-11-26T15:00:00.000Z' })
  })

  it('follows the clock when it changes', () => {
    // Clocks go back on Sunday, November 1, 2026.
    expect(findContactWindow(columbus, '2026-10-31T10:00:00.000Z')?.opensAt).toBe('2026-10-31T12:00:00.000Z')
    expect(findContactWindow(columbus, '2026-11-01T10:00:00.000Z')?.opensAt).toBe('2026-11-01T13:00:00.000Z')
  })

  it('is found for each state and each hour of two years, open at that hour or later, and never beyond the federal hours', () => {
    const zips = {
      AL: '36602',
      LA: '70112',
      PA: '19103',
      RI: '02903',
      UT: '84101',
      SD: '57101',
      MS: '39201',
      KY: '40202',
    }
    for (const [state, zip] of Object.entries(zips))
      for (let at = '2026-01-01T00:30:00.000Z'; at < '2028-01-01'; at = addDays(at, 11 / 24)) {
        const window = findContactWindow({ zip, state }, at)
        if (!window) throw new Error(`no window for ${state} at ${at}`)
        const zone = findTimeZoneOfZip({ zip, state }) ?? ''
        const opens = Temporal.Instant.from(window.opensAt).toZonedDateTimeISO(zone)
        const closes = Temporal.Instant.from(window.closesAt).toZonedDateTimeISO(zone)
        expect(window.closesAt > at && opens.hour >= 8 && closes.hour <= 21).toBe(true)
        expect(opens.toPlainDate().equals(closes.toPlainDate())).toBe(true)
      }
  })
})

describe('the rows of the calling rules', () => {
  it('name their law, their source and when they were checked, once for each state, and none allows more than federal law', () => {
    expect(new Set(stateRules.map(({ id }) => id)).size).toBe(stateRules.length)
    for (const { weekdays, saturday, sunday, law, source, checkedOn } of [federalRule, ...stateRules]) {
      expect(law.length && source.startsWith('http') && /^20\d\d-\d\d-\d\d$/.test(checkedOn)).toBe(true)
      for (const hours of [weekdays, saturday, sunday])
        if (hours !== 'closed') expect(hours.from >= '08:00' && hours.to <= '21:00' && hours.from < hours.to).toBe(true)
    }
    expect(getCallingRule('OH')).toBe(federalRule)
  })

  it('are out of date once they were not checked for a year', () => {
    const { checkedOn } = federalRule
    expect(listStaleRules(addDays(`${checkedOn}T00:00:00.000Z`, maxRuleAgeDays))).toEqual([])
    const stale = listStaleRules(addDays(`${checkedOn}T00:00:00.000Z`, maxRuleAgeDays + 1))
    expect(stale).toEqual(expect.arrayContaining(['US', 'TX', 'ZIP']))
  })
})

describe('the first delivery of a campaign that waits for calling hours', () => {
  const open = (days: string[], from = '08:00', to = '18:00') =>
    ({ open: [{ days, from, to }], outside: 'park' }) as never
  const at = '2026-11-23T03:00:00.000Z' // Sunday, 9 p.m. in Austin
  const schoolTimeZone = 'America/New_York'

  it('is when the visitor may be called, and at once for another campaign', () => {
    const times = { at, schoolTimeZone }
    expect(findFirstDeliveryTime({ waitForCallingHours: true }, austin, times)).toBe('2026-11-23T15:00:00.000Z')
    expect(findFirstDeliveryTime({ waitForCallingHours: false }, austin, times)).toBe(at)
  })

  it('is within the hours of the school as well', () => {
    const hours = open(['wednesday'], '11:00')
    const first = findFirstDeliveryTime({ hours, waitForCallingHours: true }, austin, { at, schoolTimeZone })
    expect(first).toBe('2026-11-25T16:00:00.000Z')
    const early = findFirstDeliveryTime({ hours: open(['wednesday'], '07:00'), waitForCallingHours: true }, austin, {
      at,
      schoolTimeZone,
    })
    expect(early).toBe('2026-11-25T15:00:00.000Z')
  })

  it('is within calling hours if both are never open at once', () => {
    const first = findFirstDeliveryTime({ hours: open(['sunday']), waitForCallingHours: true }, mobile, {
      at,
      schoolTimeZone,
    })
    expect(findContactWindow(mobile, first)?.opensAt).toBe(first)
  })
})
