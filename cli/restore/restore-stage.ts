import { isDeepStrictEqual } from 'node:util'
import type { Table } from '#shared/store/keys.ts'
import { countSettledRows, countWrites, settleTable, type TableComparison } from './settle-table.ts'
import type { TableAdmin, TableSettings, TableState } from './table-admin.ts'

export type RestoreRequest = {
  /** The tables to restore, by the name that the deployed stage uses. */
  tables: { [T in Table]?: string | undefined }
  at: Date
  /** The kinds of rows that the accident overwrote, which are taken as of `at`. */
  revert: readonly string[]
  /** Goes on although the restored tables lack older rows: they are copied from the replaced ones. */
  acceptsMissing: boolean
  /** When the last worker that began before the maintenance has ended. */
  quietAt: Date
}
export type RestorePlan = { table: Table; replaced: TableState; to: string; restored: TableState | undefined }
export type RestoreDependencies = {
  admin: TableAdmin
  now: () => Date
  sleep: (ms: number) => Promise<void>
  report: (line: string) => void
  startProgress: (label: string, total: number) => { update: (count: number) => void; end: () => void }
}
/** Why a stage cannot be restored, and what to do. Nothing that is in use has been changed. */
export class RestoreFault extends Error {}

const pollMs = 20_000
const maxSettleRuns = 10

/** Checks what a restore needs and names the new tables, without a change. @throws RestoreFault */
export async function planRestore(
  { tables, at }: Pick<RestoreRequest, 'tables' | 'at'>,
  { admin, now }: Pick<RestoreDependencies, 'admin' | 'now'>,
): Promise<RestorePlan[]> {
  if (at >= now()) throw new RestoreFault(`--at is ${at.toISOString()}, which is not in the past.`)
  const plans: RestorePlan[] = []
  for (const [table, name] of listTables(tables)) {
    const replaced = await admin.describe(name)
    if (!replaced) throw new RestoreFault(`There is no table ${name}, which the deployed stage uses.`)
    const to = formatRestoredName(name, at)
    if (to === name) throw new RestoreFault(`The stage uses ${name} already, which is this restore.`)
    const restored = await admin.describe(to)
    if (restored && !isRestoreOf(restored, replaced, at))
      throw new RestoreFault(
        `${to} exists, but is no restore of ${name} as of ${at.toISOString()}. Rename or delete it.`,
      )
    if (!restored) requireWindow(replaced, at)
    plans.push({ table, replaced, to, restored })
  }
  return plans
}

/**
 * Restores tables to new ones as of one instant, protects them as the old ones are, compares both row by row, and settles what
 * happened since. Nothing uses the new tables yet. Every step may be repeated, so an interrupted restore is run again.
 * @throws RestoreFault if a restored table is not complete, or if the replaced one is still being written to
 */
export async function restoreStage(
  request: RestoreRequest,
  deps: RestoreDependencies,
): Promise<{ tables: { [T in Table]?: string }; comparisons: { [T in Table]?: TableComparison } }> {
  const { admin, report } = deps
  const plans = await planRestore(request, deps)
  for (const { replaced, to, restored } of plans) {
    if (restored) report(`${to} exists: continuing.`)
    else {
      await admin.startRestore({ from: replaced, to, at: request.at })
      report(`${replaced.name} is being restored to ${to}. DynamoDB takes from minutes to hours, whatever the size.`)
    }
  }
  const comparisons: { [T in Table]?: TableComparison } = {}
  for (const plan of plans) {
    await waitUntilActive(plan.to, deps)
    await protectTable(plan, deps)
    comparisons[plan.table] = await compareWithReplaced(plan, request, deps)
  }
  await waitUntilQuiet(request.quietAt, deps)
  for (const plan of plans) await settleWithReplaced(plan, request, deps)
  return { tables: Object.fromEntries(plans.map(({ table, to }) => [table, to])), comparisons }
}

/** `prospectus-prod-storage-Leads1A2B-XYZ` becomes `prospectus-prod-storage-Leads-20261129T120000Z`, also if it is a restored one. */
export function formatRestoredName(name: string, at: Date): string {
  const [, stem = name] = /^(.*-(?:Catalog|Leads))/.exec(name) ?? []
  return `${stem}-${at.toISOString().replace(/\.\d+|[-:]/g, '')}`
}

function isRestoreOf(restored: TableState, { arn }: TableState, at: Date): boolean {
  return restored.restored?.from === arn && restored.restored.at.getTime() === at.getTime()
}

function requireWindow({ name, window }: TableState, at: Date): void {
  if (!window)
    throw new RestoreFault(
      `${name} has no point-in-time recovery, so it cannot be restored. Deploy the stage to turn it on.`,
    )
  if (at < window.earliest || at > window.latest)
    throw new RestoreFault(
      `${name} can be restored to any second from ${window.earliest.toISOString()} to ${window.latest.toISOString()}. ` +
        'The latest is about five minutes ago.',
    )
}

async function waitUntilActive(name: string, { admin, sleep, now, startProgress }: RestoreDependencies): Promise<void> {
  const startedAt = now().getTime()
  const progress = startProgress(`seconds that ${name} is being restored`, 0)
  while (!(await admin.describe(name))?.isActive) {
    progress.update(Math.round((now().getTime() - startedAt) / 1000))
    await sleep(pollMs)
  }
  progress.end()
}

async function protectTable({ replaced, to }: RestorePlan, deps: RestoreDependencies): Promise<void> {
  const before = await requireTable(to, deps)
  if (before.shape !== replaced.shape || before.encryptionKey !== replaced.encryptionKey)
    throw new RestoreFault(
      `${to} has other keys, indexes or encryption than ${replaced.name}. Delete it and restore again.`,
    )
  await deps.admin.applySettings(before, replaced.settings)
  const after = await requireTable(to, deps)
  if (!hasSettings(after.settings, replaced.settings))
    throw new RestoreFault(`${to} is not protected as ${replaced.name} is. Run the same command again.`)
  deps.report(`${to} has the recovery, expiry, deletion protection and tags of ${replaced.name}.`)
}

async function requireTable(name: string, { admin }: RestoreDependencies): Promise<TableState> {
  const table = await admin.describe(name)
  if (!table) throw new RestoreFault(`${name} was deleted meanwhile. Run the same command again.`)
  return table
}

function hasSettings({ tags, ...actual }: TableSettings, { tags: expectedTags, ...expected }: TableSettings): boolean {
  return (
    isDeepStrictEqual(actual, expected) && expectedTags.every((tag) => tags.some((one) => isDeepStrictEqual(one, tag)))
  )
}

async function compareWithReplaced(plan: RestorePlan, request: RestoreRequest, deps: RestoreDependencies) {
  const comparison = await runPass('compare', plan, request, deps)
  const { count, examples } = comparison.missing
  deps.report(formatComparison(plan, comparison))
  if (count > 0 && !request.acceptsMissing)
    throw new RestoreFault(
      [
        `${plan.to} lacks ${count} rows that are older than ${request.at.toISOString()}:`,
        ...examples.map((row) => `  ${row}`),
        'Delete that table and restore again, or pass --accept-missing to copy them from the replaced table.',
      ].join('\n'),
    )
  return comparison
}

/** A pass that finds nothing to write proves that the one before has written everything and that nothing else writes. */
async function settleWithReplaced(
  plan: RestorePlan,
  request: RestoreRequest,
  deps: RestoreDependencies,
): Promise<void> {
  for (let run = 0; run < maxSettleRuns; run++) {
    const comparison = await runPass('settle', plan, request, deps)
    const writes = countWrites(comparison)
    if (writes > 0) deps.report(`${plan.to}: ${writes} rows settled.`)
    else return deps.report(`${plan.to} is settled and verified: ${countSettledRows(comparison)} rows.`)
  }
  throw new RestoreFault(
    `${plan.replaced.name} is still being written to. Is the stage deployed with "maintenance": "on", and does nothing else write to it?`,
  )
}

async function runPass(
  mode: 'compare' | 'settle',
  { table, replaced, to }: RestorePlan,
  { at, revert }: RestoreRequest,
  { admin, startProgress }: RestoreDependencies,
): Promise<TableComparison> {
  const progress = startProgress(`rows of ${table}, ${mode}`, 2 * replaced.approximateRows)
  try {
    return await settleTable(
      { table, replaced: replaced.name, restored: to },
      { at, revert, mode, onProgress: progress.update },
      admin,
    )
  } finally {
    progress.end()
  }
}

async function waitUntilQuiet(quietAt: Date, { now, sleep, report }: RestoreDependencies): Promise<void> {
  if (now() >= quietAt) return
  report(`Waiting until ${quietAt.toISOString()}: a worker that began before the maintenance may still write.`)
  while (now() < quietAt) await sleep(Math.min(pollMs, quietAt.getTime() - now().getTime()))
}

/** A table of counts per kind of row, for people. */
export function formatComparison(
  { replaced, to }: { replaced: { name: string }; to: string },
  { kinds, missing }: TableComparison,
): string {
  const columns = ['replaced', 'restored', 'recovered', 'copied', 'removed', 'reverted'] as const
  const rows = Object.entries(kinds)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([kind, count]) => [kind, ...columns.map((column) => String(count[column]))])
  const table = [['rows of', ...columns], ...rows]
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? []
  const lines = table.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  )
  return [`${replaced.name} and ${to}, which lacks ${missing.count} older rows:`, ...lines].join('\n')
}

function listTables(tables: RestoreRequest['tables']): [table: Table, name: string][] {
  return (['catalog', 'leads'] as const).flatMap((table) => {
    const name = tables[table]
    return name === undefined ? [] : [[table, name] as [Table, string]]
  })
}
