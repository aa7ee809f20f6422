import { EngineMisuse } from '../engine.ts'
import type { Database } from './sqlite-database.ts'

type Work = { run: () => void; succeed: () => void; fail: (fault: unknown) => void }

/**
 * Runs work inside a transaction and answers once it is committed, or `busy` where another process held the file.
 * `together`: what is asked for in one turn of the event loop shares one flush of the disk, which is what costs.
 */
export function createGroupCommit(database: Database, mode: 'at-once' | 'together') {
  const queue: Work[] = []

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

  return <Result>(work: () => Result) =>
    new Promise<Result | 'busy'>((resolve, reject) => {
      let succeed = () => {}
      const run = () => {
        try {
          const result = work()
          succeed = () => resolve(result)
        } catch (fault) {
          // Found before anything was written, so the others in the group go ahead. Any other fault undoes them all.
          if (!(fault instanceof EngineMisuse)) throw fault
          succeed = () => reject(fault)
        }
      }
      queue.push({
        run,
        succeed: () => succeed(),
        fail: (fault) => (isBusy(fault) ? resolve('busy') : reject(fault)),
      })
      if (mode === 'at-once') commitAll()
      else if (queue.length === 1) setImmediate(commitAll)
    })
}

const sqliteBusy = 5
const primaryCode = 0xff

function isBusy(fault: unknown) {
  if (!(fault instanceof Error && 'errcode' in fault)) return false
  return typeof fault.errcode === 'number' && (fault.errcode & primaryCode) === sqliteBusy
}
