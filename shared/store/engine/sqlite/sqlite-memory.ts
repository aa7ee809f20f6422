import { deepFreeze } from '../deep-freeze.ts'
import type { Database } from './sqlite-database.ts'

// Parsed JSON takes about ten bytes for each of its characters.
const maxCharacters = 1_000_000

/**
 * Remembers what was read of tables that are seldom written, until one of their rows is written, also by another
 * connection or process: triggers count those writes, and SQLite says whether another connection has written at all.
 * What it returns is frozen, because callers share it.
 */
export function createReadMemory<Read extends object>(database: Database) {
  const reads = new Map<string, Read>()
  let characters = 0
  let dataVersion: unknown
  let changeCount: number | undefined
  let isChecked = false

  function forget() {
    reads.clear()
    characters = 0
  }

  /** Once until all that can go on without waiting has run: who waits for another program has let the event loop turn. */
  function forgetIfWrittenElsewhere() {
    if (isChecked) return
    isChecked = true
    process.nextTick(() => {
      isChecked = false
    })
    const version = database.prepare('PRAGMA data_version').get()?.data_version
    if (version === dataVersion) return
    const count = database.countChanges()
    if (count !== changeCount) forget()
    dataVersion = version
    changeCount = count
  }

  return {
    /** This connection writes a row of these tables. */
    forget,

    /** Returns what was read by this name before, or reads it. `note` is called with the JSON of each row. */
    recall(name: string, read: (note: (json: string) => void) => Read): Read {
      forgetIfWrittenElsewhere()
      const remembered = reads.get(name)
      if (remembered) return remembered
      let length = name.length
      const fresh = deepFreeze(
        read((json) => {
          length += json.length
        }),
      )
      if (characters + length > maxCharacters) forget()
      characters += length
      reads.set(name, fresh)
      return fresh
    },
  }
}
