import * as fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { findReportTable, type ReportGroup, reportGroups } from '#shared/domain/reporting/report-groups.ts'
import { limitFreeValues, maxFreeValues, otherValues } from '#shared/domain/reporting/roll-up/free-values.ts'
import { type LeadWithDeliveries, rollUp } from '#shared/domain/reporting/roll-up/roll-up.ts'
import { addSeconds, listDays, toDay } from '#shared/domain/time.ts'
import type { Engine } from '#shared/store/engine/engine.ts'
import { limits } from '#shared/store/engine/limits.ts'
import type { Table } from '#shared/store/keys.ts'
import { recountMarkStore } from '#shared/store/reporting/recount-marks.ts'
import { rollUpStore } from '#shared/store/reporting/roll-ups.ts'
import { sumReport } from '#shared/workflows/reporting/sum-report.ts'
import { checkControl } from '#test/check-control.ts'
import { memoryEngine } from '#test/memory-engine.ts'
import { testSeed } from '#test/test-seed.ts'

const seed = testSeed()
/** Clocks change on 2026-10-25 in Europe, on 2026-11-01 in America, and by half an hour on 2026-10-04 at Lord Howe. */
const zones = [
  ...['UTC', 'America/New_York', 'America/Los_Angeles', 'Europe/Berlin', 'Asia/Kolkata', 'Asia/Kathmandu'],
  ...['Australia/Lord_Howe', 'Pacific/Chatham', 'Pacific/Kiritimati', 'America/St_Johns'],
]
const spans = [
  { from: '2026-10-03', to: '2026-10-05' },
  { from: '2026-10-24', to: '2026-10-26' },
  { from: '2026-10-31', to: '2026-11-02' },
]
const now = () => new Date('2026-12-24T12:00:00.000Z')

/** Saves the counts of all leads; a later count of the same days replaces them. */
async function saveCounts(
  leads: readonly LeadWithDeliveries[],
  until: string,
  engine: Engine<Table>,
  maxBytes: number,
) {
  const store = rollUpStore(engine, maxBytes)
  for (const { from, to } of spans)
    for (const day of listDays({ from: addDay(from, -2), to: addDay(to, 2) })) {
      const cells = limitFreeValues(rollUp(leads.filter(({ receivedAt }) => toDay(receivedAt) === day)))
      await store.saveReport({ day, until, finishedAt: until, cells })
    }
}

const addDay = (day: string, days: number) => toDay(addSeconds(`${day}T00:00:00.000Z`, days * 86_400))

type Question = {
  span: (typeof spans)[number]
  timeZone: string
  by: ReportGroup | 'days'
  side: 'all' | 'sources' | 'schools'
}

async function ask({ span, timeZone, by, side }: Question, engine: Engine<Table>, maxBytes: number) {
  const table = by === 'days' ? findReportTable('hours', side) : findReportTable(by, side)
  if (!table) return undefined
  const owner = side === 'all' ? undefined : side === 'sources' ? 'landing' : 'alder'
  const deps = { rollUps: rollUpStore(engine, maxBytes), recountMarks: recountMarkStore(engine), now }
  const { rows, head } = await sumReport(
    {
      ...{ query: { ...span, timeZone }, table, owner },
      toRow: ({ value }, local) => (by === 'days' ? local.day : by === 'hours' ? String(local.hour) : value),
    },
    deps,
  )
  expect(head.missing).toEqual([])
  const toTriple = ([name, counts]: [string, { readonly [field: string]: number }]) =>
    [
      name,
      {
        leads: counts['leads.received'] ?? 0,
        deliveries: counts['deliveries.created'] ?? 0,
        cents: counts.soldCents ?? 0,
      },
    ] as const
  return Object.fromEntries([...rows].map(toTriple))
}

/** The same from the leads themselves, one by one. */
function recount({ span, timeZone, by, side }: Question, leads: readonly LeadWithDeliveries[]) {
  const rows: { [name: string]: { leads: number; deliveries: number; cents: number } } = {}
  const add = (name: string | undefined, leadCount: number, deliveries: LeadWithDeliveries['deliveries']) => {
    if (!name) return
    const row = rows[name] ?? { leads: 0, deliveries: 0, cents: 0 }
    const sold = deliveries.filter(({ deliveredAt }) => deliveredAt !== undefined)
    rows[name] = {
      leads: row.leads + leadCount,
      deliveries: row.deliveries + deliveries.length,
      cents: row.cents + sold.reduce((sum, { priceCents }) => sum + priceCents, 0),
    }
  }
  for (const lead of leads) {
    const local = Temporal.Instant.from(lead.receivedAt).toZonedDateTimeISO(timeZone)
    const day = local.toPlainDate().toString()
    if (lead.test || day < span.from || day > span.to || (side === 'sources' && lead.sourceId !== 'landing')) continue
    const time = by === 'days' ? day : by === 'hours' ? String(local.hour) : undefined
    const own = side === 'schools' ? lead.deliveries.filter(({ schoolId }) => schoolId === 'alder') : lead.deliveries
    const leadNames: { [group: string]: (string | undefined)[] } = {
      careers: [lead.careerSlug],
      states: [lead.state],
      reasons: [...new Set(lead.reasons)],
      'sub-ids': Object.entries(lead.subIds ?? {}).map(([name, value]) => `${name}=${value}`),
      'utm-sources': [lead.utm?.source],
      'utm-campaigns': [lead.utm?.campaign],
    }
    if (side !== 'schools') for (const name of leadNames[by] ?? (time ? [time] : [])) add(name, 1, own)
    if (side === 'schools')
      for (const one of own) for (const name of leadNames[by] ?? (time ? [time] : [])) add(name, 0, [one])
    for (const one of own) {
      if (by === 'campaigns') add(one.campaignId, 0, [one])
      if (by === 'programs') add(one.programId, 0, [one])
      if (by === 'dispositions' && one.deliveredAt) add(one.dispositions[0]?.disposition ?? 'none', 0, [one])
    }
  }
  return rows
}

const optional = <Of>(of: fc.Arbitrary<Of>) => fc.option(of, { nil: undefined })
const instants = fc
  .tuple(fc.constantFrom(...spans), fc.integer({ min: -26 * 4, max: 5 * 24 * 4 }), fc.nat({ max: 899 }))
  .map(([{ from }, quarters, seconds]) => addSeconds(`${from}T00:00:00.000Z`, quarters * 900 + seconds))
const leads: fc.Arbitrary<LeadWithDeliveries[]> = fc.array(
  fc.record({
    receivedAt: instants,
    sourceId: fc.constantFrom('landing', 'widget'),
    outcome: fc.constantFrom('accepted', 'unmatched'),
    test: fc.integer({ min: 0, max: 9 }).map((one) => one === 0),
    careerSlug: optional(fc.constantFrom('nurse', 'coder')),
    state: optional(fc.constantFrom('TX', 'FL')),
    decisions: fc.constant(1),
    reasons: fc.array(fc.constantFrom('GPA', 'CAP_DAY', 'STATE'), { maxLength: 3 }),
    subIds: optional(fc.dictionary(fc.constantFrom('s1', 's2'), fc.constantFrom('a', 'b'))),
    utm: optional(fc.constantFrom({ source: 'google', campaign: 'spring' }, { source: 'meta' })),
    deliveries: fc.array(
      fc.record({
        schoolId: fc.constantFrom('alder', 'birch'),
        campaignId: fc.constantFrom('one', 'one~2', 'two'),
        programId: fc.constantFrom('p', 'q'),
        state: fc.constant('delivered'),
        createdAt: fc.constant('2026-10-03T00:00:00.000Z'),
        deliveredAt: optional(fc.constant('2026-10-03T00:00:01.000Z')),
        priceCents: fc.nat({ max: 9000 }),
        dispositions: fc.constantFrom([], [{ disposition: 'applied', at: '2026-10-09T00:00:00.000Z' }]),
      }),
      { maxLength: 3 },
    ),
  }),
  { maxLength: 40 },
)
const questions: fc.Arbitrary<Question> = fc.record({
  span: fc.constantFrom(...spans),
  timeZone: fc.constantFrom(...zones),
  by: fc.constantFrom('days', ...reportGroups),
  side: fc.constantFrom('all', 'sources', 'schools'),
})

describe('a report of any group, span and time zone', () => {
  // 0: each day has rows of its own for what reports group, as large days have.
  it.each([
    ['small', 1_000_000],
    ['large', 0],
  ])(`equals a recount of the leads one by one, also after edits, with %s days (seed ${seed})`, async (_, maxBytes) => {
    const property = fc.asyncProperty(
      leads,
      leads,
      fc.array(questions, { minLength: 5, maxLength: 12 }),
      async (before, after, requests) => {
        const engine = memoryEngine(now)
        for (const [at, current] of [before, after].entries()) {
          await saveCounts(current, `2026-12-0${at + 1}T00:00:00.000Z`, engine, maxBytes)
          // Owners of the first count stay in the second: a lead never vanishes.
          const all = at === 0 ? current : [...before, ...current]
          if (at === 1) await saveCounts(all, '2026-12-03T00:00:00.000Z', engine, maxBytes)
          for (const question of requests) {
            const answer = await ask(question, engine, maxBytes)
            if (answer) expect(answer, JSON.stringify(question)).toEqual(recount(question, all))
          }
        }
      },
    )
    await fc.assert(property, { seed, numRuns: 15 })
  })

  it('detects: leads that are counted on the day of UTC', async () => {
    const property = fc.asyncProperty(leads, questions, async (all, question) => {
      const engine = memoryEngine(now)
      await saveCounts(all, '2026-12-01T00:00:00.000Z', engine, 1_000_000)
      const answer = await ask({ ...question, timeZone: 'UTC' }, engine, 1_000_000)
      if (answer) expect(answer).toEqual(recount(question, all))
    })
    expect((await checkControl(property, { numRuns: 60 })).failed).toBe(true)
  })
})

describe('a large day', () => {
  const aLead = {
    receivedAt: '2026-10-24T10:00:00.000Z',
    outcome: 'unmatched',
    test: false,
    decisions: 1,
    deliveries: [],
  } as const

  it(`keeps the ${maxFreeValues} sub-IDs that most leads of a source have, and sums the others`, async () => {
    const many = Array.from({ length: 3 * maxFreeValues }, (_, number) => ({
      ...aLead,
      sourceId: 'landing',
      subIds: { click: `c${String(number).padStart(3, '0')}` },
    }))
    const frequent = Array.from({ length: 5 }, () => ({ ...aLead, sourceId: 'landing', subIds: { click: 'zz' } }))
    const cells = limitFreeValues(rollUp([...many, ...frequent])).filter(({ table }) => table === 'source-sub-ids')
    expect(cells).toHaveLength(maxFreeValues + 1)
    const find = (value: string) => cells.find((cell) => cell.value === value)?.counts['leads.received']
    expect([find('click=zz'), find('click=c000'), find(`click=c${maxFreeValues}`), find(otherValues)]).toEqual([
      5,
      1,
      undefined,
      2 * maxFreeValues + 1,
    ])
  })

  it('has no row near the limit of an item, and a report of a month reads a bounded number of them', async () => {
    const engine = memoryEngine(now)
    const sizes: number[] = []
    let queries = 0
    const counted: Engine<Table> = {
      ...engine,
      transact: (writes) => {
        for (const write of writes) {
          const gzip = 'change' in write ? write.set?.gzip : undefined
          if (gzip instanceof Uint8Array) sizes.push(gzip.byteLength)
        }
        return engine.transact(writes)
      },
      query: (query) => {
        queries += 1
        return engine.query(query)
      },
    }
    const sources = Array.from({ length: 20_000 }, (_, number) => ({
      ...aLead,
      receivedAt: addSeconds('2026-10-24T00:00:00.000Z', number * 4),
      sourceId: `source-${number % 400}`,
      subIds: { s: `${number % 7919}` },
    }))
    const store = rollUpStore(counted)
    const cells = limitFreeValues(rollUp(sources))
    for (const day of listDays({ from: '2026-09-30', to: '2026-10-31' }))
      await store.saveReport({
        day,
        until: '2026-12-01T00:00:00.000Z',
        finishedAt: '2026-12-01T00:00:00.000Z',
        cells: day === '2026-10-24' ? cells : [],
      })
    expect(sizes.length).toBeGreaterThan(400)
    expect(Math.max(...sizes)).toBeLessThan(limits.itemBytes * 0.9)
    const month = { from: '2026-10-01', to: '2026-10-31' }
    const deps = { rollUps: store, recountMarks: recountMarkStore(engine), now }
    for (const timeZone of ['UTC', 'America/New_York']) {
      queries = 0
      const { rows } = await sumReport(
        { query: { ...month, timeZone }, table: 'source-sub-ids', toRow: ({ value }) => value },
        deps,
      )
      expect([...rows.values()].reduce((sum, counts) => sum + (counts['leads.received'] ?? 0), 0)).toBe(20_000)
      expect(queries).toBeLessThanOrEqual(3)
    }
  })
})
