import { describe, expect, it } from 'vitest'
import { genesisHash } from '#shared/domain/chain-hash.ts'
import { buildStatement, closeStatement, findNextPeriod } from '#shared/domain/reporting/ledger/build-statement.ts'
import type { LedgerEntry } from '#shared/domain/reporting/ledger/ledger-entry.ts'
import type { ClosedStatement } from '#shared/domain/reporting/ledger/statement.ts'
import { verifyStatements } from '#shared/domain/reporting/ledger/verify-statements.ts'

const timeZone = 'America/Chicago'
const account = { kind: 'schools', id: 'tall-grass' } as const
const anEntry = (entryId: string, at: string, fields: Partial<LedgerEntry> = {}): LedgerEntry => ({
  entryId,
  kind: 'charge',
  at,
  amountCents: -4500,
  currency: 'USD',
  ...fields,
})
const november = findNextPeriod({ last: undefined, firstAt: '2026-11-23T15:00:00.000Z' }, timeZone)
const entries = [
  anEntry('a:charge', '2026-11-23T15:00:00.000Z'),
  anEntry('b:charge', '2026-12-01T05:59:59.999Z'),
  anEntry('c:charge', '2026-12-01T06:00:00.000Z'),
  anEntry('a:credit', '2026-12-02T00:00:00.000Z', {
    kind: 'credit',
    amountCents: 4500,
    originalAt: '2026-11-23T15:00:00.000Z',
  }),
]

/** November and December, closed one after the other. */
function closeBoth(all: readonly LedgerEntry[] = entries): [ClosedStatement, ClosedStatement] {
  const inSpan = (from: string, to: string) => all.filter(({ at }) => at >= from && at < to)
  const first = closeStatement(
    buildStatement({ account, timeZone, openingCents: 0, period: november, entries: inSpan('', november.to) }),
    { closedAt: '2026-12-03T00:00:00.000Z', previousHash: genesisHash },
  )
  const december = findNextPeriod({ last: first, firstAt: '' }, timeZone)
  const openingCents = first.closingCents
  const second = closeStatement(
    buildStatement({ account, timeZone, openingCents, period: december, entries: inSpan(december.from, december.to) }),
    { closedAt: '2027-01-03T00:00:00.000Z', previousHash: first.hash },
  )
  return [first, second]
}

describe('a statement', () => {
  it('has the entries of a month in the time zone of its account, and the balances before and after', () => {
    const [first, second] = closeBoth()
    expect(november).toEqual({ month: '2026-11', from: '2026-11-01T05:00:00.000Z', to: '2026-12-01T06:00:00.000Z' })
    expect(first).toMatchObject({ openingCents: 0, closingCents: -9000, totals: { charge: -9000, credit: 0 } })
    expect(first.entries.map(({ entryId }) => entryId)).toEqual(['a:charge', 'b:charge'])
    expect(second).toMatchObject({ month: '2026-12', openingCents: -9000, closingCents: -9000 })
  })

  it('names the month that a credit corrects, if it is an earlier one', () => {
    const [, second] = closeBoth()
    expect(second.entries.map(({ entryId, corrects }) => [entryId, corrects])).toEqual([
      ['c:charge', undefined],
      ['a:credit', '2026-11'],
    ])
  })

  it('is the same in whatever order its entries come', () => {
    expect(closeBoth(entries.toReversed())).toEqual(closeBoth())
  })

  it('takes an entry that is older than its month as a correction of that month', () => {
    const late = anEntry('late:charge', '2026-11-30T00:00:00.000Z')
    const period = findNextPeriod({ last: closeBoth()[0], firstAt: '' }, timeZone)
    const statement = buildStatement({ account, timeZone, openingCents: 0, period, entries: [late] })
    expect(statement.entries).toEqual([{ ...late, corrects: '2026-11' }])
  })

  it('begins where the month before ended, also if the time zone changed', () => {
    const [first] = closeBoth()
    expect(findNextPeriod({ last: first, firstAt: '' }, 'Asia/Tokyo')).toEqual({
      month: '2026-12',
      from: first.to,
      to: '2026-12-31T15:00:00.000Z',
    })
  })
})

describe('the verification of statements', () => {
  const findFaults = (statements: readonly ClosedStatement[], all: readonly LedgerEntry[] = entries) =>
    verifyStatements(statements, all).map(({ fault }) => fault)

  it('finds nothing in statements that their entries give', () => {
    expect(findFaults(closeBoth())).toEqual([])
  })

  it('finds an edited statement, also if its own hash was made to fit', () => {
    const [first, second] = closeBoth()
    expect(findFaults([{ ...first, closingCents: 0 }, second])).toContain('edited')
    const { hash: _hash, ...content } = first
    const forged = closeStatement({ ...content, name: 'Other' }, first)
    expect(findFaults([forged, second])).toEqual(['out-of-order'])
  })

  it('finds an entry that was changed, removed or inserted after its month was closed', () => {
    const statements = closeBoth()
    const [one = anEntry('', ''), ...others] = entries
    expect(findFaults(statements, [{ ...one, amountCents: -1 }, ...others])).toEqual(['not-recomputed'])
    expect(findFaults(statements, others)).toEqual(['entry-missing', 'not-recomputed'])
    expect(findFaults(statements, [...entries, anEntry('d:charge', one.at)])).toEqual(['entry-not-listed'])
  })

  it('finds a missing month', () => {
    const [, second] = closeBoth()
    expect(findFaults([second])).toContain('out-of-order')
  })
})
