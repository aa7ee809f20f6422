import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { StartupError } from '../startup-error.ts'
import { type BackupResult, backup, isDiskFull } from './backup.ts'

type SeriesSettings = { dataDir: string; into: string; keep: number; backupKey?: string | undefined; now: Date }

/** Next to the data, so that the host knows of backups that a timer of the system makes. */
const lastBackupFile = 'last-backup.json'
const lastBackup = z.object({ at: z.iso.datetime(), folder: z.string() })
/** The name of a backup of a series: the UTC time at which it began. */
const seriesName = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ$/
const seriesDraft = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.draft$/
const staleDraftMs = 6 * 60 * 60 * 1000

/**
 * Makes a backup in a folder of backups, and removes the oldest of them beyond `keep`. Other files there stay.
 * @throws StartupError if the backup fails; then none is removed
 */
export function addToSeries({
  dataDir,
  into,
  keep,
  backupKey,
  now,
}: SeriesSettings): BackupResult & { removed: number } {
  try {
    mkdirSync(into, { recursive: true, mode: 0o700 })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : error
    throw new StartupError(`${into} cannot be created or used (${code}). Name a folder that you may write to.`)
  }
  removeStaleDrafts(into, now)
  const result = backup({ dataDir, to: join(into, formatName(now)), backupKey })
  recordBackup(dataDir, result, now)
  const names = readdirSync(into)
    .filter((name) => seriesName.test(name))
    .toSorted()
  const old = names.slice(0, Math.max(0, names.length - keep))
  for (const name of old) rmSync(join(into, name), { recursive: true })
  return { ...result, removed: old.length }
}

/** Backups that were killed have left them, with data of people. A younger one may be of another host, and running. */
function removeStaleDrafts(into: string, now: Date): void {
  for (const name of readdirSync(into).filter((one) => seriesDraft.test(one))) {
    const ageMs = Math.abs(now.getTime() - parseName(name).getTime())
    if (ageMs > staleDraftMs) rmSync(join(into, name), { recursive: true })
  }
}

function parseName(name: string): Date {
  const [, date, hour, minute, second] = /^([\d-]{10})T(\d\d)-(\d\d)-(\d\d)Z/.exec(name) ?? []
  return new Date(`${date}T${hour}:${minute}:${second}Z`)
}

/** When the last backup of a folder was made; undefined if none is known. */
export function readLastBackupTime(dataDir: string): string | undefined {
  const file = join(dataDir, lastBackupFile)
  if (!existsSync(file)) return undefined
  return lastBackup.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data?.at
}

/** Tells the host of a folder of its last backup. On a full disk it is not told, but the backup is good. */
export function recordBackup(dataDir: string, result: BackupResult, now = new Date()): BackupResult {
  const file = join(dataDir, lastBackupFile)
  const content: z.output<typeof lastBackup> = { at: now.toISOString(), folder: result.folder }
  try {
    writeFileSync(`${file}.draft`, JSON.stringify(content), { mode: 0o600 })
    renameSync(`${file}.draft`, file)
  } catch (error) {
    rmSync(`${file}.draft`, { force: true })
    if (!isDiskFull(error)) throw error
  }
  return result
}

function formatName(now: Date): string {
  return now.toISOString().replace(/\.\d+/, '').replaceAll(':', '-')
}
