import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Mounts a disk in memory with so many kilobytes, until the end of the block. */
export function mountSmallDisk(folder: string, kilobytes: number): Disposable {
  mkdirSync(folder, { recursive: true })
  run('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'none', folder])
  return { [Symbol.dispose]: () => run('umount', [folder]) }
}

/** Why this machine can mount no disk; empty if it can. */
export function findMissingMount(): string {
  const folder = mkdtempSync(join(tmpdir(), 'prospectus-mount-'))
  try {
    using _disk = mountSmallDisk(folder, 64)
    return ''
  } catch {
    return 'no right to mount a disk; run it as root'
  } finally {
    rmdirSync(folder)
  }
}

function run(command: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command}: ${stderr}`)
}
