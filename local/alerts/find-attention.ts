import { statSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { listMailItems } from '#functions/operator/reporting/read-attention.ts'
import type { AttentionCode, AttentionFinding } from '#shared/domain/reporting/attention.ts'
import { addHours, addSeconds, shiftDay, toDay } from '#shared/domain/time.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { readLastBackupTime } from '../data/backup-series.ts'
import { secretsFile } from '../data/secrets-file.ts'
import { findBuyerAttention } from './find-buyer-attention.ts'

type AttentionDependencies = Pick<
  Dependencies,
  'reconciliation' | 'due' | 'records' | 'endpointHealth' | 'routing' | 'now' | 'findMailFault'
>
/** `readDisk`: the share of the disk that is in use, from 0 to 1. */
export type AttentionSources = {
  deps: AttentionDependencies
  dataDir: string
  readDisk?: (folder: string) => Promise<number>
}
type Finder = { codes: readonly AttentionCode[]; find: (sources: AttentionSources) => Promise<AttentionFinding[]> }

const maxOverdueSeconds = 15 * 60
const maxDiskShare = 0.8
/** A daily backup may begin late and take its time. */
const maxBackupAgeHours = 26

/** How each item is found. Console and alerts are made from what these return. */
export const attentionFinders: readonly Finder[] = [
  { codes: ['mail-failing'], find: async ({ deps }) => listMailItems(deps) },
  { codes: ['delivery-overdue'], find: findOverdueDelivery },
  { codes: ['drift'], find: findDrift },
  { codes: ['disk-full'], find: findFullDisk },
  { codes: ['backup-old'], find: findOldBackup },
  {
    codes: ['endpoint-failing', 'mailbox-closed', 'cap-almost-used', 'cap-used', 'credit-almost-used', 'credit-used'],
    find: ({ deps }) => findBuyerAttention(deps),
  },
]

async function findOverdueDelivery({ deps }: AttentionSources): Promise<AttentionFinding[]> {
  const overdue = await deps.due.listDeliveries(addSeconds(deps.now().toISOString(), -maxOverdueSeconds), 1)
  const [oldest] = overdue.map(({ dueAt }) => dueAt).toSorted()
  if (oldest === undefined) return []
  const detail = 'Search the log for request.faulted and school.alert, and check the clock of the machine.'
  return [{ code: 'delivery-overdue', reason: `due since ${oldest}`, detail }]
}

async function findDrift({ deps }: AttentionSources): Promise<AttentionFinding[]> {
  const today = toDay(deps.now().toISOString())
  const reports = [today, shiftDay(today, -1)].map(async (day) => ({
    day,
    drift: (await deps.reconciliation.findReport(day))?.finished?.drift ?? 0,
  }))
  const detail = 'Open Reconciliation in the console to see which leads differ.'
  return (await Promise.all(reports)).flatMap(({ day, drift }) =>
    drift > 0 ? [{ code: 'drift' as const, subject: day, reason: `differences: ${drift}`, detail }] : [],
  )
}

async function findFullDisk({ dataDir, readDisk = readDiskShare }: AttentionSources): Promise<AttentionFinding[]> {
  const share = await readDisk(dataDir)
  const detail = 'Free up space: on a full disk, no lead is accepted. Old backups may be on this disk.'
  return share > maxDiskShare ? [{ code: 'disk-full', reason: `${Math.floor(share * 100)}% used`, detail }] : []
}

async function findOldBackup({ deps, dataDir }: AttentionSources): Promise<AttentionFinding[]> {
  const lastAt = readLastBackupTime(dataDir)
  const since = lastAt ?? statSync(join(dataDir, secretsFile)).mtime.toISOString()
  if (deps.now().toISOString() <= addHours(since, maxBackupAgeHours)) return []
  const detail = 'Set BACKUP_DIR, or run `npm run ops -- backup`. The log has backup.failed if one failed.'
  return [
    { code: 'backup-old', since, reason: lastAt === undefined ? 'no backup yet' : `last backup ${lastAt}`, detail },
  ]
}

async function readDiskShare(folder: string): Promise<number> {
  const { blocks, bavail } = await statfs(folder)
  return 1 - bavail / blocks
}
