import { EngineMisuse, EngineUnwritable } from '../engine.ts'
import type { Database } from './sqlite-database.ts'
import type { WriteTurns } from './sqlite-write-turns.ts'

type Work = { run: () => void; succeed: () => void; fail: (fault: unknown) => void }

/**
 * Runs work in a transaction and resolves after its commit, or with `busy` if another process has locked the file.
 * `together`: calls in one turn of the event loop share one flush to disk, which dominates the cost. With `turns`, those
 * that wait for another thread to finish its flush share the next one.
 */
export function createGroupCommit(database: Database, mode: 'at-once' | 'together', turns?: WriteTurns) {
  const queue: Work[] = []
  let isTogether = false

  /** Within the transaction of `commitTogether`, so that a write that fails takes none of the others with it. */
  function runInside({ run, succeed, fail }: Work) {
    try {
      database.prepare('SAVEPOINT work').run()
      run()
      database.prepare('RELEASE work').run()
      succeed()
    } catch (fault) {
      database.prepare('ROLLBACK TO work').run()
      database.prepare('RELEASE work').run()
      fail(fault)
    }
  }

  function commitAll() {
    const group = queue.splice(0)
    try {
      database.prepare('BEGIN IMMEDIATE').run()
      for (const { run } of group) run()
      database.prepare('COMMIT').run()
      for (const { succeed } of group) succeed()
    } catch (fault) {
      if (database.isInTransaction()) database.prepare('ROLLBACK').run()
      for (const { fail } of group) fail(fault)
    }
  }

  const commit = <Result>(work: () => Result) =>
    new Promise<Result | 'busy'>((resolve, reject) => {
      let succeed = () => {}
      const run = () => {
        try {
          const result = work()
          succeed = () => resolve(result)
        } catch (fault) {
          // A refusal is detected before any write, so the rest of the group commits. Any other error rolls all back.
          if (!(fault instanceof EngineMisuse)) throw fault
          succeed = () => reject(fault)
        }
      }
      const item: Work = {
        run,
        succeed: () => succeed(),
        fail: (fault) => (hasCode(fault, [sqliteBusy]) ? resolve('busy') : reject(toEngineError(fault))),
      }
      if (isTogether) return runInside(item)
      queue.push(item)
      if (mode === 'at-once') commitAll()
      else if (queue.length === 1) setImmediate(() => (turns ? turns.take(commitAll) : commitAll()))
    })

  /**
   * Runs `work` in one transaction with one flush to disk: what it and everyone else writes meanwhile is stored when it has ended, or
   * not at all if it fails. Only for a process that serves no one yet.
   */
  async function commitTogether<Result>(work: () => Promise<Result>): Promise<Result> {
    database.prepare('BEGIN IMMEDIATE').run()
    isTogether = true
    try {
      const result = await work()
      database.prepare('COMMIT').run()
      return result
    } catch (fault) {
      if (database.isInTransaction()) database.prepare('ROLLBACK').run()
      throw fault
    } finally {
      isTogether = false
    }
  }

  return { commit, commitTogether }
}

const sqliteBusy = 5
/** Read-only, input or output failed, full, cannot be opened. */
const sqliteUnwritable = [8, 10, 13, 14]
const primaryCode = 0xff

function toEngineError(fault: unknown): unknown {
  if (!(fault instanceof Error && hasCode(fault, sqliteUnwritable))) return fault
  return new EngineUnwritable(`The database cannot be written: ${fault.message}`, { cause: fault })
}

function hasCode(fault: unknown, codes: readonly number[]): boolean {
  if (!(fault instanceof Error && 'errcode' in fault)) return false
  return typeof fault.errcode === 'number' && codes.includes(fault.errcode & primaryCode)
}
