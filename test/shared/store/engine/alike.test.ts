import fc from 'fast-check'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import type { Condition, Item, Write } from '#shared/store/engine/engine.ts'
import { describeUnless } from '../../../describe-unless.ts'
import { openDynamodb, openMaps, openSqlite } from './open-engines.ts'
import { readAllPages } from './read-all-pages.ts'
import type { OpenEngine } from './shapes.ts'

const { endpoint, missing } = inject('dynamodbLocal')
const noon = Date.parse('2026-05-01T12:00:00Z') / 1000

describeUnless(missing, 'SQLite, maps and DynamoDB alike', () => {
  const engines: OpenEngine[] = []
  let run = 0
  beforeAll(async () => {
    engines.push(
      await openSqlite(),
      await openSqlite({ remembered: ['things', 'others'] }),
      await openMaps(),
      await openDynamodb(endpoint),
    )
  })
  afterAll(() => Promise.all(engines.map(({ close }) => close())))

  it('produce the same outcomes and content for any program', () =>
    fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (program) => {
        run += 1
        const [sqlite, ...others] = await Promise.all(
          engines.map((opened) => runProgram(opened, `RUN#${run}`, program)),
        )
        for (const other of others) expect(other).toEqual(sqlite)
      }),
      { numRuns: 60 },
    ))
})

type Draft = {
  kind: 'put' | 'change' | 'delete' | 'check'
  sk: string
  item: Item
  add: number
  remove: string
  when?: Condition | undefined
}
type Step = { after: number; writes: Draft[] }

/** Everything that an engine lets be seen while it runs a program. */
async function runProgram({ engine, setTime }: OpenEngine, pk: string, program: Step[]) {
  let seconds = noon
  const observations: unknown[] = []
  for (const { after, writes } of program) {
    seconds += after
    setTime(new Date(seconds * 1000).toISOString())
    observations.push(await engine.transact(writes.map((draft) => toWrite(draft, pk))))
    observations.push(await readAllPages(engine, { in: 'things', pk, limit: 2 }))
    for (const index of ['list', 'whole'])
      observations.push(await readAllPages(engine, { in: 'things', index, pk, limit: 2 }))
  }
  return observations
}

function toWrite({ kind, sk, item, add, remove, when }: Draft, pk: string): Write<'things' | 'others'> {
  const key = { pk, sk }
  const condition = when && { when }
  const indexed: Item = { listPk: pk, listSk: sk, wholePk: pk, wholeSk: sk, ...item }
  if (kind === 'put') return { in: 'things', put: { ...indexed, ...key }, ...condition }
  if (kind === 'delete') return { in: 'things', delete: key, ...condition }
  if (kind === 'check') return { in: 'things', check: key, when: when ?? { exists: true } }
  const { [remove]: _, ...set } = indexed
  return { in: 'things', change: key, set, add: { count: add }, remove: [remove], ...condition }
}

const attribute = fc.constantFrom('count', 'title', 'value', 'expiresAt', 'sk')
const scalar = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom('', 'A', 'B', '\uffff', '\u{1f600}'))
const value = fc.oneof(
  scalar,
  fc.boolean(),
  fc.constant(null),
  fc.array(scalar, { maxLength: 2 }),
  fc.uint8Array({ maxLength: 3 }),
  fc.string({ unit: 'binary' }),
)

const comparison: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ exists: fc.boolean() }),
  fc.record({ attribute, is: fc.constantFrom('present' as const, 'absent' as const) }),
  fc.record({ attribute, is: fc.constant('equal' as const), value: fc.oneof(scalar, fc.boolean()) }),
  fc.record({
    attribute,
    is: fc.constantFrom('below' as const, 'at-most' as const, 'above' as const, 'at-least' as const),
    value: scalar,
  }),
  fc.record({
    attribute,
    is: fc.constant('one-of' as const),
    values: fc.array(scalar, { minLength: 1, maxLength: 3 }),
  }),
)
const several = fc.array(comparison, { minLength: 1, maxLength: 3 })
const condition = fc.oneof(
  comparison,
  fc.record({ all: several }),
  fc.record({ any: several }),
  fc.record({ any: fc.tuple(comparison, fc.record({ all: several })) }),
)

const item: fc.Arbitrary<Item> = fc
  .record({ title: value, value, expiresAt: fc.integer({ min: noon - 3, max: noon + 6 }) }, { requiredKeys: [] })
  .map((fields) => ({ ...fields }))
const draft: fc.Arbitrary<Draft> = fc.record({
  kind: fc.constantFrom(
    'put' as const,
    'put' as const,
    'change' as const,
    'change' as const,
    'delete' as const,
    'check' as const,
  ),
  sk: fc.constantFrom('A', 'B', 'C', '\u{1f600}'),
  item,
  add: fc.integer({ min: -2, max: 2 }),
  remove: fc.constantFrom('title', 'value', 'expiresAt', 'listSk'),
  when: fc.option(condition, { nil: undefined }),
})
const step: fc.Arbitrary<Step> = fc.record({
  after: fc.integer({ min: 0, max: 2 }),
  writes: fc.uniqueArray(draft, { minLength: 1, maxLength: 4, selector: ({ sk }) => sk }),
})
