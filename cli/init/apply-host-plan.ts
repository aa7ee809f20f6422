import { execFileSync } from 'node:child_process'
import { appendFileSync, chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type HostPart, serviceUser } from './plan-host.ts'

/** What a part means on this machine. `kept`: there is another file, which stays. */
export type PartState = 'create' | 'change' | 'exists' | 'kept'
export type PlannedPart = { part: HostPart; state: PartState }
export type Machine = { root: string; hasUser: (name: string) => boolean }

/** Compares the plan with the machine. Writes nothing. */
export function comparePlan(parts: readonly HostPart[], machine: Machine): PlannedPart[] {
  return parts.map((part) => ({ part, state: findState(part, machine) }))
}

function findState(part: HostPart, { root, hasUser }: Machine): PartState {
  if (part.kind === 'user') return hasUser(part.name) ? 'exists' : 'create'
  const path = join(root, part.path)
  if (!existsSync(path)) return 'create'
  if (part.kind === 'folder') return 'exists'
  const text = readFileSync(path, 'utf8')
  if (part.kind === 'line') return text.split('\n').some((line) => line.trim() === part.line) ? 'exists' : 'change'
  return text === part.text ? 'exists' : part.ifChanged === 'keep' ? 'kept' : 'change'
}

/** Makes one part. It can be repeated after an interruption: a file is there whole or not at all. */
export function applyPart({ part, state }: PlannedPart, { root }: Machine): void {
  if (state === 'exists' || state === 'kept') return
  if (part.kind === 'user') {
    if (root === '/') execFileSync('useradd', userArguments(part))
    return
  }
  const path = join(root, part.path)
  mkdirSync(dirname(path), { recursive: true })
  if (part.kind === 'folder') {
    mkdirSync(path, { mode: part.mode })
    chmodSync(path, part.mode)
    if (root === '/') execFileSync('chown', [`${serviceUser}:${serviceUser}`, path])
  } else if (part.kind === 'line') {
    const isUnfinished = existsSync(path) && !/(^|\n)$/.test(readFileSync(path, 'utf8'))
    appendFileSync(path, `${isUnfinished ? '\n' : ''}${part.line}\n`)
  } else {
    writeFileSync(`${path}.draft`, part.text, { mode: part.mode })
    chmodSync(`${path}.draft`, part.mode)
    renameSync(`${path}.draft`, path)
  }
}

/** For `useradd`. */
export function userArguments({ name, home }: { name: string; home: string }): string[] {
  return ['--system', '--home-dir', home, '--shell', '/usr/sbin/nologin', name]
}
