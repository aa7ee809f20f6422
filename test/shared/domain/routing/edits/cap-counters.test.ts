import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createProfileReader } from '#shared/domain/capture/lead-profile.ts'
import { type School, school as schoolSchema } from '#shared/domain/catalog/school.ts'
import { type Cap, caps as capsSchema } from '#shared/domain/routing/cap.ts'
import { buildReservations, type Counters, isWithinLimit } from '#shared/domain/routing/caps.ts'
import { planCounters } from '#shared/domain/routing/edits/cap-counters.ts'
import { editSchool } from '#shared/domain/routing/edits/edit-school.ts'
import { findCapWindow } from '#shared/domain/routing/windows.ts'
import { addSeconds } from '#shared/domain/time.ts'
import { aCampaign } from '#test/builders/catalog.ts'
import { aLeadProfile, someInstant } from '#test/builders/lead.ts'
import { checkControl } from '#test/check-control.ts'

const at = someInstant
const parse = (...all: object[]) => capsSchema.parse(all)
const names = (caps: readonly Cap[], previous?: Parameters<typeof planCounters>[1]) =>
  planCounters(caps, previous, at).map(({ name, retiredAt }) => (retiredAt ? `${name} retired` : name))

describe('planCounters', () => {
  it('keeps the counter of a cap whose id, limit, action or place in the list changes', () => {
    const before = parse({ period: 'day', limit: 2, id: 'a' }, { period: 'month', limit: 9 })
    const after = parse({ period: 'month', limit: 1, id: 'm' }, { period: 'day', limit: 5, id: 'b', onReached: 'park' })
    expect(names(after, { caps: before })).toEqual(['leads-month', 'a'])
  })

  it('lets the counter of a removed cap count on, and gives it back when the cap returns', () => {
    const caps = parse({ period: 'day', limit: 2, id: 'a' })
    const removed = planCounters([], { caps }, at)
    expect(removed).toMatchObject([{ name: 'a', retiredAt: at }])
    expect(planCounters(parse({ period: 'day', limit: 7 }), { caps: [], counters: removed }, at)).toEqual([
      { name: 'a', period: 'day', unit: 'leads' },
    ])
  })

  it('forgets a removed cap after its longest window, but never one of all time', () => {
    const counters = planCounters([], { caps: parse({ period: 'day', limit: 2 }, { period: 'total', limit: 2 }) }, at)
    const later = planCounters([], { caps: [], counters }, addSeconds(at, 40 * 86_400))
    expect(later).toMatchObject([{ period: 'total' }])
  })

  it('does not give the counter of other rules to a cap', () => {
    const rules = { field: 'military', op: 'equals', value: true }
    const before = parse({ period: 'day', limit: 2, rules })
    expect(names(parse({ period: 'day', limit: 2 }), { caps: before })).toEqual(['leads-day-2', 'leads-day retired'])
  })
})

const zones = ['America/Chicago', 'America/New_York', 'America/Los_Angeles', 'Asia/Tokyo', 'Pacific/Honolulu'] as const
const periods = ['day', 'week', 'month', 'total'] as const
type Edit = { kind: 'lead' } | { kind: 'zone'; timeZone: string } | { kind: 'caps'; caps: Cap[] }

const edits = fc.array(
  fc.record({
    secondsBefore: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 40_000 })),
    edit: fc.oneof(
      { weight: 6, arbitrary: fc.constant<Edit>({ kind: 'lead' }) },
      { weight: 1, arbitrary: fc.constantFrom(...zones).map((timeZone): Edit => ({ kind: 'zone', timeZone })) },
      {
        weight: 2,
        arbitrary: fc
          .uniqueArray(fc.record({ period: fc.constantFrom(...periods), limit: fc.integer({ min: 0, max: 4 }) }), {
            selector: ({ period }) => period,
            minLength: 0,
            maxLength: 3,
          })
          .chain((all) =>
            fc.array(fc.constantFrom('x', 'y', 'z'), { minLength: 3, maxLength: 3 }).map(
              (ids): Edit => ({
                kind: 'caps',
                caps: parse(
                  ...all.map((one, index) => ({ ...one, ...(index % 2 === 0 && { id: `${ids[index]}${index}` }) })),
                ),
              }),
            ),
          ),
      },
    ),
  }),
  { minLength: 5, maxLength: 60 },
)
type Steps = { secondsBefore: number; edit: Edit }[]
type AcceptedLead = { at: string; timeZone: string }

/** Edits of a school's caps and time zone between its leads. Returns the first lead that was one too many, if there is one. */
function findExcess(
  steps: Steps,
  applyEdit: (input: School, previous: School, at: string) => School,
): string | undefined {
  const all = periods.map((period) => ({ period, limit: 1000 }))
  let clock = '2026-10-30T12:00:00.000Z'
  // All counters exist from the first day on, so that the recount below needs to know nothing of when a cap was added.
  let school = editSchool(schoolSchema.parse({ name: 'S', timeZone: zones[0], caps: all }), undefined, clock)
  let counters: Counters = {}
  const accepted: AcceptedLead[] = []
  const running: { timeZone: string; inForceSince: string; changedAt: string }[] = []
  let inForceSince = ''
  for (const { secondsBefore, edit } of steps) {
    clock = addSeconds(clock, secondsBefore)
    if (edit.kind === 'lead') {
      const profile = aLeadProfile({ at: clock })
      const candidate = { campaign: aCampaign(), school: { ...school, id: 'school' } }
      const reservations = buildReservations(candidate, clock, 4000, createProfileReader(profile))
      if (!reservations.every((one) => isWithinLimit(one, counters))) continue
      for (const { period, limit } of school.caps) {
        const day = nameDay(period, { at: clock, timeZone: school.timeZone })
        const sameDay = accepted.filter((lead) => nameDay(period, lead) === day).length
        if (sameDay >= limit) return `${period} of ${day}: ${sameDay} of ${limit}`
        for (const { timeZone, inForceSince, changedAt } of running) {
          const window = findCapWindow(period, changedAt, timeZone)
          const isOpen = window.end !== undefined && clock < window.end
          const used = accepted.filter((lead) => lead.at >= window.start && lead.at >= inForceSince).length
          if (isOpen && used >= limit) return `${period} from ${window.start} in ${timeZone}: ${used} of ${limit}`
        }
      }
      for (const { owner, counter, amount } of reservations)
        counters = {
          ...counters,
          [owner]: { ...counters[owner], [counter]: (counters[owner]?.[counter] ?? 0) + amount },
        }
      accepted.push({ at: clock, timeZone: school.timeZone })
    } else {
      if (edit.kind === 'zone' && edit.timeZone !== school.timeZone) {
        running.push({ timeZone: school.timeZone, inForceSince, changedAt: clock })
        inForceSince = clock
      }
      const { counters: _, calendar: __, ...input } = school
      const change = edit.kind === 'zone' ? { timeZone: edit.timeZone } : { caps: edit.caps }
      school = applyEdit({ ...input, ...change }, school, clock)
    }
  }
  return undefined
}

/** The calendar day on which a window began, as the school's calendar showed it when the lead came. */
function nameDay(period: Cap['period'], { at: instant, timeZone }: AcceptedLead): string {
  const { start } = findCapWindow(period, instant, timeZone)
  return period === 'total' ? 'total' : new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date(start))
}

describe('a cap of a school', () => {
  it('lets no lead through that is one too many in its calendar day or in a day that runs on, whatever is edited between leads', () => {
    fc.assert(
      fc.property(edits, (steps) => {
        expect(findExcess(steps, editSchool)).toBeUndefined()
      }),
      { numRuns: 60 },
    )
  })

  it.each<[string, (input: School, previous: School, at: string) => School]>([
    [
      'a cap with another id starts to count again',
      (input, previous, now) => ({ ...editSchool(input, previous, now), counters: undefined }),
    ],
    [
      'another time zone starts to count again',
      (input, previous, now) => ({ ...editSchool(input, previous, now), calendar: undefined }),
    ],
    [
      'a removed cap does not count on',
      (input, previous, now) => {
        const next = editSchool(input, previous, now)
        return { ...next, counters: next.counters?.filter(({ retiredAt }) => retiredAt === undefined) }
      },
    ],
  ])('detects: %s', async (_, applyEdit) => {
    const naive = fc.property(edits, (steps) => findExcess(steps, applyEdit) === undefined)
    expect((await checkControl(naive, { numRuns: 600 })).failed).toBe(true)
  })
})
