import * as z from 'zod'
import { toCanonicalJson } from '../../domain/canonical-json.ts'
import { digestItem } from '../engine/digest-item.ts'
import type { Condition, Engine, Key, Row, Write } from '../engine/engine.ts'
import { linkKey, manifestKey, pageKey, questionKey, type StoredRecordKind, type Table } from '../keys.ts'
import { pack, unpack } from '../packed.ts'
import { queryAll } from '../query-all.ts'
import { conflictRefusal, retryOnConflict } from '../retry-on-conflict.ts'
import { listingStore } from './listing-store.ts'
import { searchRows } from './search-rows.ts'

// A DynamoDB transaction holds 100 writes; one is the manifest.
const maxRowsPerTransaction = 98
// Each attempt loses to another writer of the same record, and such writers are few.
const maxAttempts = 50

export type ComposedStore = ReturnType<typeof composedStore>

/**
 * Rows that are composed from records when a record is written, so that a page is read with one lookup. Each record owns
 * the rows that were composed from it, and its manifest lists their keys, so that obsolete rows are deleted.
 */
export function composedStore(engine: Engine<Table>) {
  const readManifest = async (kind: StoredRecordKind, id: string) => {
    const row = await engine.get({ in: 'catalog', key: manifestKey(kind, id) })
    return row ? parseManifest(row) : { revision: 0, rows: [] }
  }
  const listings = listingStore(engine)

  return {
    /**
     * Replaces the rows of a record with those that `compose` returns, and writes only those that differ; `compose` runs again after each conflict.
     * Few rows change in one transaction. Many rows change in several: all are written when this returns, and if the
     * process dies before, the next call for the record completes the change. `buildLastWrites` gets the keys of the rows
     * that change; its writes are made in the last transactions, after or together with the rows.
     * @throws Refusal if other writers won every attempt.
     */
    async compose(
      kind: StoredRecordKind,
      id: string,
      compose: () => Promise<Row[]>,
      buildLastWrites: (changedKeys: readonly Key[]) => readonly Write<Table>[] = () => [],
    ): Promise<void> {
      const outcome = await retryOnConflict(maxAttempts, async () => {
        const manifest = await readManifest(kind, id)
        const rows = await compose()
        return (await replaceRows(kind, id, manifest, rows, buildLastWrites)) ? 'replaced' : 'conflict'
      })
      if (outcome === 'conflict') throw conflictRefusal()
    },

    /** Shows on the page of a career how many programs of each degree its listing has. @throws Refusal if other writers won every attempt */
    async showProgramCounts(slug: string): Promise<void> {
      const outcome = await retryOnConflict(maxAttempts, async () => {
        const manifest = await readManifest('careers', slug)
        const key = pageKey(slug, 'CAREER')
        const row = await engine.get({ in: 'catalog', key })
        const levels = await listings.findLevels(slug)
        const page = row && countedPage.parse(unpack(row))
        const degreeOptions = page?.degreeOptions.map((one) => ({ ...one, programCount: levels[one.level] ?? 0 }))
        if (!page || toCanonicalJson(degreeOptions) === toCanonicalJson(page.degreeOptions)) return 'shown'
        const counted = { ...key, ...pack({ ...page, degreeOptions }) }
        const rows = manifest.rows.map((one) => (isSameKey(one, key) ? toManifestEntry(counted) : one))
        const { done } = await engine.transact([
          buildManifestWrite('careers', slug, manifest.revision, rows),
          { in: 'catalog', put: counted },
        ])
        return done ? 'shown' : 'conflict'
      })
      if (outcome === 'conflict') throw conflictRefusal()
    },

    listings,

    /** Returns the ids of the records of a kind whose rows show something of this record. */
    async listDependents(kind: StoredRecordKind, id: string, dependentKind: StoredRecordKind): Promise<string[]> {
      const links = await listLinks(kind, id, dependentKind)
      return links.map(({ sk }) => sk.slice(dependentKind.length + 1))
    },

    listLinks,

    search: searchRows(engine),

    /** Returns the title of another career as the page of a career shows it; undefined if it shows none. */
    async findShownTitle(slug: string, relatedSlug: string): Promise<string | undefined> {
      const row = await engine.get({ in: 'catalog', key: pageKey(slug, 'CAREER') })
      if (!row) return undefined
      const { relatedCareers, facts } = shownCareers.parse(unpack(row))
      const related = relatedCareers.find((one) => one.slug === relatedSlug)?.title
      return related ?? facts.find(({ careerSlug }) => careerSlug === relatedSlug)?.careerTitle
    },

    /** Returns the programs of a career that ask a question, with the answers that each takes. */
    async listAskingPrograms(slug: string, questionId: string) {
      const { pk, sk } = questionKey(slug, questionId, '')
      const rows = await queryAll(engine, { in: 'catalog', pk, sk: { prefix: sk }, limit: 1000 })
      return rows.map((row) => askingProgram.parse(row))
    },
  }

  /** Returns the link rows from a record to records of a kind, with the fields that were stored in them. */
  function listLinks(kind: StoredRecordKind, id: string, linkedKind: StoredRecordKind): Promise<Row[]> {
    const { pk, sk } = linkKey([kind, id], [linkedKind, ''])
    return queryAll(engine, { in: 'catalog', pk, sk: { prefix: sk }, limit: 1000 })
  }

  async function replaceRows(
    kind: StoredRecordKind,
    id: string,
    current: Manifest,
    rows: readonly Row[],
    buildLastWrites: (changedKeys: readonly Key[]) => readonly Write<Table>[],
  ): Promise<boolean> {
    const currentDigests = new Map(current.rows.map((entry) => [toName(entry), entry.digest]))
    const nextRows = rows.map(toManifestEntry)
    const nextNames = new Set(nextRows.map(toName))
    const stale = current.rows.filter((entry) => !nextNames.has(toName(entry)))
    const changed = rows.filter((_, index) => {
      const entry = nextRows[index]
      return entry && currentDigests.get(toName(entry)) !== entry.digest
    })
    const writes: Write<Table>[] = [
      ...changed.map((row) => ({ in: 'catalog', put: row }) as const),
      ...stale.map(({ pk, sk }) => ({ in: 'catalog', delete: { pk, sk } }) as const),
      ...buildLastWrites([...changed, ...stale]),
    ]
    if (writes.length === 0 && current.revision > 0) return true
    const chunks = splitIntoChunks(writes)
    if (chunks.length === 1) return await commit([buildManifestWrite(kind, id, current.revision, nextRows), ...writes])
    // While several transactions replace the rows, the manifest has all of them, and no digest of those that change.
    const changedNames = new Set(changed.map(toName))
    const between = [...nextRows, ...stale].map((entry) =>
      changedNames.has(toName(entry)) ? { ...entry, digest: '' } : entry,
    )
    for (const [index, chunk] of chunks.entries()) {
      const isLast = index === chunks.length - 1
      const isDone = await commit([
        index === 0
          ? buildManifestWrite(kind, id, current.revision, between)
          : isLast
            ? buildManifestWrite(kind, id, current.revision + 1, nextRows)
            : { in: 'catalog', check: manifestKey(kind, id), when: ifRevision(current.revision + 1) },
        ...chunk,
      ])
      if (!isDone) return false
    }
    return true
  }

  async function commit(writes: readonly Write<Table>[]): Promise<boolean> {
    return (await engine.transact(writes)).done
  }
}

/** `digest`: of the row as it was written; empty if that is not known. */
type ManifestEntry = Key & { digest: string }
type Manifest = { revision: number; rows: ManifestEntry[] }

function buildManifestWrite(
  kind: StoredRecordKind,
  id: string,
  revision: number,
  rows: readonly ManifestEntry[],
): Write<Table> {
  const entries = rows.map(({ pk, sk, digest }) => [pk, sk, digest])
  return {
    in: 'catalog',
    put: { ...manifestKey(kind, id), revision: revision + 1, ...pack({ rows: entries }) },
    when: ifRevision(revision),
  }
}

function ifRevision(revision: number): Condition {
  return revision === 0 ? { exists: false } : { attribute: 'revision', is: 'equal', value: revision }
}

function parseManifest(row: Row): Manifest {
  const { revision, keys } = manifestRow.parse(row)
  // Rows of earlier editions have keys and no digests.
  if (keys) return { revision, rows: keys.map((key) => ({ ...key, digest: '' })) }
  return { revision, rows: manifestRows.parse(unpack(row)).rows.map(([pk, sk, digest]) => ({ pk, sk, digest })) }
}

const manifestRow = z.object({
  revision: z.int(),
  keys: z.array(z.object({ pk: z.string(), sk: z.string() })).optional(),
})
const manifestRows = z.object({ rows: z.array(z.tuple([z.string(), z.string(), z.string()])) })

function toManifestEntry(row: Row): ManifestEntry {
  return { pk: row.pk, sk: row.sk, digest: digestItem(row).slice(0, digestLength) }
}

function toName({ pk, sk }: Key): string {
  return `${pk} ${sk}`
}

function isSameKey(a: Key, b: Key): boolean {
  return a.pk === b.pk && a.sk === b.sk
}

function splitIntoChunks(writes: readonly Write<Table>[]): Write<Table>[][] {
  const count = Math.max(1, Math.ceil(writes.length / maxRowsPerTransaction))
  return Array.from({ length: count }, (_, index) =>
    writes.slice(index * maxRowsPerTransaction, (index + 1) * maxRowsPerTransaction),
  )
}

const digestLength = 12
const shownCareers = z.object({
  relatedCareers: z.array(z.object({ slug: z.string(), title: z.string() })),
  facts: z.array(z.object({ careerSlug: z.string().optional(), careerTitle: z.string().optional() })),
})
const countedPage = z.looseObject({ degreeOptions: z.array(z.looseObject({ level: z.string() })) })
const askingProgram = z.object({ programId: z.string(), answers: z.string() })
