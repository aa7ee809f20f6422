import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { databaseFile, lockForSettling, readRootSecret } from '#local/data/data-folder.ts'
import { type Hold, readHold } from '#local/data/hold.ts'
import { hostTables } from '#local/data/host-tables.ts'
import { checkDatabaseFile } from '#local/data/open-database.ts'
import { markReplaced } from '#local/data/replaced-folder.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { deriveKeys } from '#shared/platform/derive-keys.ts'
import { systemDependencies } from '#shared/platform/system-dependencies.ts'
import type { Engine } from '#shared/store/engine/engine.ts'
import { createSqliteEngine } from '#shared/store/engine/sqlite/sqlite.ts'
import { deliveryKey, restoreHoldKey, type Table } from '#shared/store/keys.ts'
import { openStores } from '#shared/store/open-stores.ts'
import { auditChange } from '#shared/workflows/access/audit-change.ts'
import { createFolderTables, type FolderTableName } from './folder-tables.ts'
import { endWaiting, listWaiting, type Waiting } from './list-waiting.ts'
import { openReplacedFolder } from './read-replaced-folder.ts'
import { formatComparison, RestoreFault } from './restore-stage.ts'
import { erasePeople, type SettledPerson, withdrawPeople } from './settle-people.ts'
import { countWrites, settleTable, type TableComparison } from './settle-table.ts'

export type SettleRequest = {
  dataDir: string
  secretsKey?: string | undefined
  /** The folder that the restored one replaces. Absent: it is lost. */
  replaces?: string | undefined
  revert?: readonly string[]
  acceptsMissing?: boolean
  /** Absent: staff did not say. Not needed if the replaced folder is there. */
  erased?: readonly SettledPerson[] | undefined
  withdrawn?: readonly SettledPerson[] | undefined
  /** What becomes of leads that waited in the backup, and which may have been sent since. */
  waiting?: 'resend' | 'do-not-resend' | undefined
}
/** The steps, in order. What is interrupted after any of them is held, and settled by the same command. */
export const settleSteps = ['checked', 'copied', 'people', 'ended', 'marked', 'released'] as const
export type SettleDependencies = {
  now: () => Date
  report: (line: string) => void
  /** Confirms what is going to be done. Rejects to cancel. */
  confirm?: (waiting: Waiting) => Promise<void>
  onStep?: (step: (typeof settleSteps)[number]) => void
}
export type SettleResult = {
  hold: Hold
  waiting: Waiting
  comparisons: { [T in Table]?: TableComparison }
}

/**
 * Settles a restored folder with what happened since the backup, and releases it: erasures, withdrawals, deliveries and revoked
 * keys stay. From the folder that it replaces if that can be read, otherwise from what staff say. Undefined: it is not held.
 * @throws RestoreFault if something must be said or stopped first; the folder is still held then
 * @throws StartupError if a folder cannot be used
 */
export async function settleFolder(
  request: SettleRequest,
  deps: SettleDependencies,
): Promise<SettleResult | undefined> {
  const folder = resolve(request.dataDir)
  const root = readRootSecret(folder, request.secretsKey)
  const path = join(folder, databaseFile)
  checkDatabaseFile(path)
  const hold = readHold(path)
  if (!hold) return undefined
  await using resources = new AsyncDisposableStack()
  resources.defer(lockForSettling(folder))
  // Opening migrates rows of an older version.
  const engine = createSqliteEngine({ ...hostTables, path, now: deps.now })
  resources.defer(() => engine.close())
  const stores = {
    ...openStores(engine),
    ...deriveKeys(root),
    ...systemDependencies,
    now: deps.now,
    log() {},
    measure() {},
  }
  return request.replaces === undefined
    ? await settleByHand(request, { hold, engine, stores }, deps)
    : await settleFromReplaced({ ...request, replaces: request.replaces }, { hold, engine, stores, path }, deps)
}

type Opened = { hold: Hold; engine: Engine<Table>; stores: SettleStores }
type SettleStores = Omit<
  Dependencies,
  keyof Pick<
    Dependencies,
    | 'deliveryQueue'
    | 'earlyQueue'
    | 'postWebhook'
    | 'connectSftp'
    | 'mail'
    | 'loadOpenapi'
    | 'loadDocsPages'
    | 'askTurnstile'
    | 'certificateVendors'
    | 'rateLimits'
    | 'attemptTimes'
    | 'findUrlProblem'
  >
>

async function settleByHand(
  { erased, withdrawn, waiting: choice }: SettleRequest,
  { hold, engine, stores }: Opened,
  { confirm, onStep = () => {} }: SettleDependencies,
): Promise<SettleResult> {
  const waiting = await listWaiting(stores)
  requireChoice(waiting, choice, hold)
  if (!erased || !withdrawn)
    throw new RestoreFault(
      `Say who was erased and who withdrew since ${hold.asOf}: --erased <file> and --withdrawn <file>, or \`none\`.`,
    )
  await confirm?.(waiting)
  onStep('checked')
  onStep('copied')
  await withdrawPeople(withdrawn, stores)
  await erasePeople(erased, stores)
  onStep('people')
  if (choice === 'do-not-resend') await endWaiting(waiting, engine, stores)
  onStep('ended')
  onStep('marked')
  const counts = { erased: erased.length, withdrawn: withdrawn.length, ...countWaiting(waiting) }
  await release(engine, { hold, by: 'staff', waiting: choice, counts }, stores)
  onStep('released')
  return { hold, waiting, comparisons: {} }
}

async function settleFromReplaced(
  {
    replaces,
    dataDir,
    secretsKey,
    revert = [],
    acceptsMissing = false,
    waiting: choice,
  }: SettleRequest & { replaces: string },
  { hold, engine, stores, path }: Opened & { path: string },
  { now, report, confirm, onStep = () => {} }: SettleDependencies,
): Promise<SettleResult> {
  const replaced = await openReplacedFolder({ dataDir, replaces, secretsKey })
  const restored = new DatabaseSync(path)
  try {
    const tables = createFolderTables({ replaced: replaced.database, restored })
    const settle = (table: Table, mode: 'compare' | 'settle') => {
      const names: { [side in 'replaced' | 'restored']: FolderTableName } = {
        replaced: `replaced/${table}`,
        restored: `restored/${table}`,
      }
      return settleTable({ table, ...names }, { at: new Date(hold.asOf), revert, mode }, tables)
    }
    const comparisons = { catalog: await settle('catalog', 'compare'), leads: await settle('leads', 'compare') }
    for (const [table, comparison] of Object.entries(comparisons)) {
      report(
        formatComparison({ replaced: { name: `${table} of ${replaced.folder}` }, to: resolve(dataDir) }, comparison),
      )
      requireComplete(comparison, acceptsMissing, hold)
    }
    const isInReplaced = replaced.database.prepare('SELECT 1 FROM leads WHERE pk = ? AND sk = ?')
    // Of all other deliveries, the replaced folder says what became of them.
    const waiting = await listWaiting(stores, (deliveryId) => {
      const { pk, sk } = deliveryKey(deliveryId)
      return isInReplaced.get(pk, sk) === undefined
    })
    requireChoice({ ...waiting, offers: [], replays: [] }, choice, hold)
    await confirm?.(waiting)
    onStep('checked')
    restored.exec('BEGIN IMMEDIATE')
    try {
      await settle('catalog', 'settle')
      await settle('leads', 'settle')
      const rest = [await settle('catalog', 'compare'), await settle('leads', 'compare')]
      if (rest.some((comparison) => countWrites(comparison) > 0))
        throw new RestoreFault(`${replaced.folder} is being written to. Stop what writes to it.`)
      restored.exec('COMMIT')
    } catch (error) {
      restored.exec('ROLLBACK')
      throw error
    }
    onStep('copied')
    onStep('people')
    if (choice === 'do-not-resend') await endWaiting({ ...waiting, offers: [], replays: [] }, engine, stores)
    onStep('ended')
    // Before the release, so that at no moment a host may send from both.
    markReplaced(replaced.folder, { by: resolve(dataDir), at: now().toISOString() })
    onStep('marked')
    await release(engine, { hold, by: 'replaced folder', waiting: choice, counts: countWaiting(waiting) }, stores)
    onStep('released')
    return { hold, waiting, comparisons }
  } finally {
    restored.close()
    replaced.close()
  }
}

function requireComplete({ missing }: TableComparison, acceptsMissing: boolean, { asOf }: Hold): void {
  if (missing.count === 0 || acceptsMissing) return
  throw new RestoreFault(
    [
      `The backup lacks ${missing.count} rows that are older than ${asOf}:`,
      ...missing.examples.map((row) => `  ${row}`),
      'Restore another backup, or pass --accept-missing to copy them from the replaced folder.',
    ].join('\n'),
  )
}

function requireChoice(waiting: Waiting, choice: SettleRequest['waiting'], { asOf }: Hold): void {
  const count = waiting.deliveries.length + waiting.offers.length + waiting.replays.length
  if (count === 0 || choice !== undefined) return
  throw new RestoreFault(
    [
      `When the backup was made (${asOf}), these waited, and may have been sent since:`,
      ...formatWaiting(waiting),
      'Pass --resend to send them: a school that had one gets it again, with the same webhook-id. Or pass --do-not-resend: a school that did',
      'not have one gets nothing, and nothing is charged; staff can replay each later.',
    ].join('\n'),
  )
}

/** Counts by school, for people. */
export function formatWaiting({ deliveries, offers, replays }: Waiting): string[] {
  const bySchool = new Map<string, number>()
  for (const { schoolId } of deliveries) bySchool.set(schoolId, (bySchool.get(schoolId) ?? 0) + 1)
  return [
    ...[...bySchool].toSorted().map(([schoolId, count]) => `  ${schoolId}: deliveries ${count}`),
    ...(offers.length > 0 ? [`  leads that were due to be offered: ${offers.length}`] : []),
    ...(replays.length > 0 ? [`  bulk replays that were running: ${replays.length}`] : []),
  ]
}

function countWaiting({ deliveries, offers, replays }: Waiting) {
  return { deliveries: deliveries.length, offers: offers.length, replays: replays.length }
}

type Release = { hold: Hold; by: 'staff' | 'replaced folder'; waiting: SettleRequest['waiting']; counts: object }

/** From this write on, a host on the folder writes and sends. */
async function release(engine: Engine<Table>, { hold, ...settled }: Release, deps: SettleStores): Promise<void> {
  const after = { asOf: hold.asOf, ...settled, waiting: settled.waiting ?? 'none' }
  const record = { kind: 'backups', id: hold.asOf }
  const actor = { kind: 'system', name: 'ops settle' } as const
  const { done } = await engine.transact([
    { in: 'catalog', delete: restoreHoldKey() },
    auditChange({ actor, action: 'backup.settled', record, after }, deps),
  ])
  if (!done) throw new RestoreFault('Another process has locked the database. Run the same command again.')
}
