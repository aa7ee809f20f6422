import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { databaseFile } from '#local/data/data-folder.ts'

type CopySettings = {
  dataDir: string
  /** At most 63. */
  copies: number
  /** Each copy is so many days later than the original, in turn. */
  dayShifts: readonly number[]
}

const owners = ['LEAD', 'DELIVERY', 'CONSENT', 'PERSON', 'DEDUPE', 'RESPONSE'] as const
const rowsPerCommit = 5000
const digestLength = 43
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const dayMs = 24 * 60 * 60 * 1000
/** Random IDs of 22 characters with a prefix, and digests of 43. */
const identifier = /\b(?:lead|dlv|ret|wdr)_[\w-]{22}|(?<=["#])[\w-]{43}(?=")/g

/**
 * Copies every lead with its consent, decisions, deliveries, attempts and dedupe markers. Each copy has IDs, digests and
 * days of its own; compressed parts are those of the original. The database may be open elsewhere, if nothing writes to it.
 */
export function copyLeads({ dataDir, copies, dayShifts }: CopySettings, report: (line: string) => void): void {
  const database = new DatabaseSync(join(dataDir, databaseFile))
  database.exec('PRAGMA synchronous = OFF')
  const insert = database.prepare('INSERT INTO leads (pk, sk, item) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
  const rows = owners.flatMap((owner) =>
    database.prepare('SELECT item FROM leads WHERE pk > ? AND pk < ?').all(`${owner}#`, `${owner}$`),
  )
  for (let copy = 1; copy <= copies; copy++) {
    const rename = createRenamer(copy, dayShifts[copy % dayShifts.length] ?? 0)
    for (let first = 0; first < rows.length; first += rowsPerCommit) {
      database.exec('BEGIN IMMEDIATE')
      for (const { item } of rows.slice(first, first + rowsPerCommit)) {
        const json = rename(String(item))
        const { pk, sk } = JSON.parse(json)
        insert.run(pk, sk, json)
      }
      database.exec('COMMIT')
    }
    report(`copy ${copy} of ${copies}`)
  }
  database.close()
}

function createRenamer(copy: number, days: number): (json: string) => string {
  const tag = String(copy).padStart(2, '0')
  const shiftedDays = new Map<string, string>()
  const shiftDay = (day: string): string => {
    const shifted = shiftedDays.get(day) ?? new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10)
    shiftedDays.set(day, shifted)
    return shifted
  }
  // The first random character moves on by the number of the copy, so that no two copies of an ID are the same.
  const renameId = (id: string): string => {
    const start = id.length === digestLength ? 0 : id.indexOf('_') + 1
    const letter = alphabet[(alphabet.indexOf(id.charAt(start)) + copy) % alphabet.length] ?? ''
    return id.slice(0, start) + letter + id.slice(start + 1)
  }
  return (json) =>
    json
      .replaceAll(identifier, renameId)
      .replaceAll(/\d{4}-\d\d-\d\d(?=T\d\d:|")/g, shiftDay)
      .replaceAll(/\.(\d+)@mail\.example\.com/g, `.$1.${tag}@mail.example.com`)
}
