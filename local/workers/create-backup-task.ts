import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Log } from '#shared/platform/log.ts'
import { readLastBackupTime } from '../data/backup-series.ts'
import type { ScheduledTask } from './start-scheduled-tasks.ts'

/** `into`: the folder of backups. `keep`: how many stay there. `keyFile`: encrypts them. */
export type BackupSettings = { into: string; keep: number; keyFile?: string | undefined }
type Setup = BackupSettings & { dataDir: string; now: () => Date; log: Log }

const everySeconds = 10 * 60
const dayMs = 24 * 60 * 60 * 1000
const ops = fileURLToPath(new URL('../../cli/ops.ts', import.meta.url))

/** Backs up once a day, in a process of its own, because a copy of a large database would stop this one for seconds. */
export function createBackupTask({ into, keep, keyFile, dataDir, now, log }: Setup): ScheduledTask {
  // On a full disk the folder does not say it.
  let lastMadeAt: string | undefined
  return {
    everySeconds,
    async run() {
      const lastAt = [readLastBackupTime(dataDir) ?? '', lastMadeAt ?? ''].toSorted().at(-1) || undefined
      // A clock that was set back makes no pause of the backups.
      if (lastAt !== undefined && Math.abs(now().getTime() - Date.parse(lastAt)) < dayMs) return
      const args = ['backup', '--json', '--data-dir', dataDir, '--into', into, '--keep', String(keep)]
      const env = { ...process.env, BACKUP_KEY_FILE: keyFile ?? '' }
      try {
        const { stdout } = await promisify(execFile)(process.execPath, [ops, ...args], { env })
        const { folder, rows } = JSON.parse(stdout)
        lastMadeAt = now().toISOString()
        log('backup.finished', { folder, rows })
      } catch (error) {
        const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr) : ''
        log('backup.failed', { reason: stderr.trim().split('\n')[0] || String(error) })
      }
    },
  }
}
