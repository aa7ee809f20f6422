import { genesisHash } from '../../domain/chain-hash.ts'
import type { Account } from '../../domain/reporting/ledger/account.ts'
import {
  buildStatement,
  closeDelayHours,
  closeStatement,
  findNextPeriod,
  type StatementPeriod,
} from '../../domain/reporting/ledger/build-statement.ts'
import { type LedgerEntry, sumCents } from '../../domain/reporting/ledger/ledger-entry.ts'
import type { ClosedStatement, MonthlyStatement } from '../../domain/reporting/ledger/statement.ts'
import { addHours } from '../../domain/time.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import type { Cursor, Write } from '../../store/engine/engine.ts'
import type { Table } from '../../store/keys.ts'
import type { LedgerSpan } from '../../store/reporting/ledger/ledger-store.ts'
import type { LoadedAccount } from './load-account.ts'

type StatementDependencies = Pick<Dependencies, 'ledger' | 'statements'>
export type OpenStatementsDependencies = StatementDependencies & Pick<Dependencies, 'now'>

/** Every entry of an account in a span, oldest first. */
export async function readEntries(
  account: Account,
  span: LedgerSpan,
  { ledger }: Pick<Dependencies, 'ledger'>,
): Promise<LedgerEntry[]> {
  const all: LedgerEntry[] = []
  let after: Cursor | undefined
  do {
    const { entries, next } = await ledger.list(account, { ...span, limit: entriesPerRead, ...(after && { after }) })
    all.push(...entries)
    after = next
  } while (after)
  return all
}

/** What is not on a closed statement: the entries since the last one, and late ones of the months before. */
export async function loadOpenEntries(account: Account, { ledger, statements }: StatementDependencies) {
  const heads = await statements.list(account, lateMonths)
  const [last] = heads
  const lateFrom = heads.at(-1)?.from
  const listedIds = new Set<string>()
  for (const { month } of heads)
    for (const { entryId } of (await statements.find(account, month))?.entries ?? []) listedIds.add(entryId)
  const entries = await readEntries(account, { from: lateFrom }, { ledger })
  return {
    last,
    openingCents: last?.closingCents ?? 0,
    entries: entries.filter(({ entryId }) => !listedIds.has(entryId)),
  }
}

function buildPeriod(
  { account, name, timeZone }: Pick<LoadedAccount, 'account' | 'name' | 'timeZone'>,
  { openingCents, entries, period }: { openingCents: number; entries: readonly LedgerEntry[]; period: StatementPeriod },
): MonthlyStatement {
  const ofPeriod = entries.filter(({ at }) => at < period.to)
  return buildStatement({
    account,
    ...(name !== undefined && { name }),
    timeZone,
    openingCents,
    period,
    entries: ofPeriod,
  })
}

/**
 * Returns the statement of a month. Months after the last closed one are computed from their entries: more than one if the
 * end of a month was not yet a day ago. Undefined if the account has no such month.
 */
export async function loadStatement(
  account: LoadedAccount,
  month: string,
  deps: OpenStatementsDependencies,
): Promise<MonthlyStatement | undefined> {
  const closed = await deps.statements.find(account.account, month)
  return closed ?? (await loadOpenStatements(account, deps)).statements.find((statement) => statement.month === month)
}

/** Returns the balance of an account now: the sum of its entries. */
export async function readBalance(account: Account, deps: StatementDependencies): Promise<number> {
  const { openingCents, entries } = await loadOpenEntries(account, deps)
  return openingCents + sumCents(entries)
}

/** The statements of the months that are not closed yet, oldest first. */
export async function loadOpenStatements(account: LoadedAccount, deps: OpenStatementsDependencies) {
  const { last, openingCents, entries } = await loadOpenEntries(account.account, deps)
  const firstAt = entries[0]?.at
  if (!last && firstAt === undefined) return { last, statements: [] }
  const latestAt = [deps.now().toISOString(), ...entries.map(({ at }) => at)].toSorted().at(-1) ?? ''
  const statements: MonthlyStatement[] = []
  let rest = entries
  let period = findNextPeriod({ last, firstAt: firstAt ?? '' }, account.timeZone)
  let opening = openingCents
  do {
    const { to } = period
    const statement = buildPeriod(account, { openingCents: opening, entries: rest, period })
    statements.push(statement)
    rest = rest.filter(({ at }) => at >= to)
    opening = statement.closingCents
    period = findNextPeriod({ last: statement, firstAt: to }, account.timeZone)
  } while (period.from <= latestAt)
  return { last, statements }
}

/**
 * Closes each month of an account that ended at least a day ago. Returns the statements that this call closed. `listAlso` adds
 * writes to the transaction of each.
 */
export async function closeMonths(
  account: LoadedAccount,
  deps: OpenStatementsDependencies,
  listAlso: (statement: ClosedStatement) => readonly Write<Table>[] = () => [],
): Promise<ClosedStatement[]> {
  const closed: ClosedStatement[] = []
  for (;;) {
    const now = deps.now().toISOString()
    const [latest] = await deps.statements.list(account.account, 1)
    // The usual run: the month is not over, and no entry is read.
    if (latest && addHours(findNextPeriod({ last: latest, firstAt: '' }, account.timeZone).to, closeDelayHours) > now)
      return closed
    const { last, statements } = await loadOpenStatements(account, deps)
    const [open] = statements
    if (!open || addHours(open.to, closeDelayHours) > now) return closed
    const statement = closeStatement(open, { closedAt: now, previousHash: last?.hash ?? genesisHash })
    if (!(await deps.statements.closeOnce(statement, last, listAlso(statement)))) return closed
    closed.push(statement)
  }
}

const entriesPerRead = 1000
/** How many closed months are searched for entries that a clock which went back made too late. */
const lateMonths = 2
