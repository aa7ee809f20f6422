import { closeSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { type ImportKind, importKinds } from '#shared/contract/catalog/imports.ts'
import { stop } from '../../ops/stop.ts'
import type { RowResult } from './send-rows.ts'

const entry = z.object({
  kind: z.enum(importKinds),
  id: z.string(),
  outcome: z.enum(['created', 'changed']),
  /** The version that the import wrote. */
  version: z.int(),
  /** The record as it was before; absent if the import created it. */
  before: z.record(z.string(), z.json()).optional(),
})
export type JournalEntry = z.output<typeof entry>

/** Where journals are: beside the file of profiles they could be forgotten, so it is the folder in which the command runs. */
export const journalFolder = 'prospectus-imports'

/**
 * Starts the journal of an import: one line for each record that was written, with what it replaced, from which `import undo` restores it. Only
 * the owner may read it.
 * @param now decides its name
 */
export function startJournal(kind: ImportKind, now: Date, findBefore: (id: string) => object | undefined) {
  // With milliseconds: the journals of two imports in a second are two.
  const name = `${now.toISOString().replaceAll(/[:.]/g, '-')}-${kind}.jsonl`
  const file = join(journalFolder, name)
  let descriptor: number | undefined
  return {
    file,
    record(results: readonly RowResult[]): void {
      for (const { id, outcome, version } of results) {
        if ((outcome !== 'created' && outcome !== 'changed') || version === undefined) continue
        if (descriptor === undefined) {
          mkdirSync(journalFolder, { recursive: true, mode: 0o700 })
          descriptor = openSync(file, 'a', 0o600)
        }
        const before = outcome === 'changed' ? findBefore(id) : undefined
        writeSync(descriptor, `${JSON.stringify({ kind, id, outcome, version, ...(before && { before }) })}\n`)
      }
    },
    /** Returns whether anything was written. */
    close(): boolean {
      if (descriptor === undefined) return false
      closeSync(descriptor)
      return true
    },
  }
}

/** Reads a journal, the latest write first. Exits with code 2 if it is none. */
export function readJournal(file: string): JournalEntry[] {
  try {
    const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
    return lines.map((line) => entry.parse(JSON.parse(line))).toReversed()
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    const title = isMissing
      ? `${file} does not exist. Journals are in ${journalFolder}.`
      : `${file} is no journal of an import.`
    return stop({ title, ends: 'usage' })
  }
}
