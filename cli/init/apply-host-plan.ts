import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { type HostPart, serviceUser } from './plan-host.ts'

/** What a part means on this machine. `kept`: there is another file, which stays. `foreign`: a folder with files of another user. */
export type PartState = 'create' | 'change' | 'exists' | 'kept' | 'foreign'
export type PlannedPart = { part: HostPart; state: PartState }
export type Machine = {
  root: string
  hasUser: (name: string) => boolean
  /** Whether a folder belongs to the user of the service; always below another root, where no user is known. */
  isOwned: (path: string) => boolean
}

/** Compares the plan with the machine. Writes nothing. */
export function comparePlan(parts: readonly HostPart[], machine: Machine): PlannedPart[] {
  return parts.map((part) => ({ part, state: findState(part, machine) }))
}

function findState(part: HostPart, { root, hasUser, isOwned }: Machine): PartState {
  if (part.kind === 'user') return hasUser(part.name) ? 'exists' : 'create'
  const path = join(root, part.path)
  if (!existsSync(path)) return 'create'
  // An interrupted run may have left an empty one.
  if (part.kind === 'folder') return isOwned(path) ? 'exists' : readdirSync(path).length === 0 ? 'change' : 'foreign'
  const text = readFileSync(path, 'utf8')
  if (part.kind === 'line') return text.split('\n').some((line) => line.trim() === part.line) ? 'exists' : 'change'
  return text === part.text ? 'exists' : part.ifChanged === 'replace' || text === part.unedited ? 'change' : 'kept'
}

/** Makes one part. It can be repeated after an interruption: a file is there whole or not at all. */
export function applyPart({ part, state }: PlannedPart, { root }: Machine): void {
  if (state === 'exists' || state === 'kept' || state === 'foreign') return
  if (part.kind === 'user') {
    if (root === '/') execFileSync('useradd', userArguments(part))
    return
  }
  const path = join(root, part.path)
  mkdirSync(dirname(path), { recursive: true })
  if (part.kind === 'folder') {
    if (state === 'create') mkdirSync(path, { mode: part.mode })
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
