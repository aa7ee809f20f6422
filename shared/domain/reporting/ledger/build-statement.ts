import { Temporal } from 'temporal-polyfill'
import { computeChainHash } from '../../chain-hash.ts'
import { findCapWindow } from '../../routing/windows.ts'
import { currency, type EntryKind, type LedgerEntry, sumCents } from './ledger-entry.ts'
import type { ClosedStatement, MonthlyStatement, StatementLine } from './statement.ts'

/** A month is closed a day after its end: by then every entry of it can be read. */
export const closeDelayHours = 24

/** The month of an instant in a time zone: `2026-11`. */
export function findMonth(at: string, timeZone: string): string {
  return Temporal.Instant.from(at).toZonedDateTimeISO(timeZone).toPlainDate().toPlainYearMonth().toString()
}

export type StatementPeriod = { month: string; from: string; to: string }

/**
 * Returns the month after the last closed one, or the first month of an account. A month begins where the one before
 * ended, also if the time zone changed, so that no instant is in two months or in none.
 */
export function findNextPeriod(
  { last, firstAt }: { last: Pick<MonthlyStatement, 'month' | 'to'> | undefined; firstAt: string },
  timeZone: string,
): StatementPeriod {
  if (!last) {
    const { start, end = start } = findCapWindow('month', firstAt, timeZone)
    return { month: findMonth(firstAt, timeZone), from: start, to: end }
  }
  const month = Temporal.PlainYearMonth.from(last.month).add({ months: 1 })
  const nextStart = month.add({ months: 1 }).toPlainDate({ day: 1 }).toZonedDateTime(timeZone)
  return { month: month.toString(), from: last.to, to: nextStart.toInstant().toString({ fractionalSecondDigits: 3 }) }
}

type StatementInput = Pick<MonthlyStatement, 'account' | 'name' | 'timeZone' | 'openingCents'> & {
  period: StatementPeriod
  /** Of the period, and late ones of closed months, which become entries of this one. In any order. */
  entries: readonly LedgerEntry[]
}

/** Returns the statement of a period that is still open. The same entries give the same statement. */
export function buildStatement({
  account,
  name,
  timeZone,
  openingCents,
  period,
  entries,
}: StatementInput): MonthlyStatement {
  const lines = entries
    .map((entry) => toStatementLine(entry, period, timeZone))
    .toSorted((one, other) => compare(one.at, other.at) || compare(one.entryId, other.entryId))
  const sumOf = (kind: EntryKind) => sumCents(lines.filter((line) => line.kind === kind))
  return {
    account,
    ...(name !== undefined && { name }),
    month: period.month,
    timeZone,
    from: period.from,
    to: period.to,
    currency,
    openingCents,
    entries: lines,
    totals: {
      charge: sumOf('charge'),
      credit: sumOf('credit'),
      payment: sumOf('payment'),
      adjustment: sumOf('adjustment'),
      payout: sumOf('payout'),
      reversal: sumOf('reversal'),
    },
    closingCents: openingCents + sumCents(lines),
  }
}

/** Returns the statement as the next link of the chain of its account. */
export function closeStatement(
  open: MonthlyStatement,
  { closedAt, previousHash }: Pick<ClosedStatement, 'closedAt' | 'previousHash'>,
): ClosedStatement {
  const content = { ...open, closedAt, previousHash }
  return { ...content, hash: computeChainHash(content) }
}

/** An entry that takes back one of an earlier month names that month, and so does a late one that is older than its statement. */
function toStatementLine(
  { by: _by, ...entry }: LedgerEntry,
  { month, from }: StatementPeriod,
  timeZone: string,
): StatementLine {
  const causedAt = entry.at < from ? entry.at : entry.originalAt
  if (entry.corrects !== undefined || causedAt === undefined || causedAt >= from) return entry
  const corrects = findMonth(causedAt, timeZone)
  return corrects === month ? entry : { ...entry, corrects }
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
