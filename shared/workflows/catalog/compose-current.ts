import { addSeconds } from '../../domain/time.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import type { ComposeRows } from '../../store/catalog/compose-rows.ts'
import { openIntentWrite } from '../../store/catalog/publish-intents.ts'
import type { RecordStore, StoredRecord } from '../../store/catalog/record-store.ts'
import type { Key } from '../../store/engine/engine.ts'
import { listedSchoolKey, type StoredRecordKind } from '../../store/keys.ts'
import { conflictRefusal, retryOnConflict } from '../../store/retry-on-conflict.ts'

type ComposeCurrentDependencies = Pick<Dependencies, 'records' | 'composed' | 'newId' | 'now'>
/** A school whose place in the listing of a career may have changed, with the intent for the page of the career if there is one. */
export type Placing = { slug: string; schoolId: string; intentId?: string }

/**
 * Composes the rows of a record from current records: again if a record that they show changed meanwhile, because its
 * own publisher may have looked for dependents before these rows had their links.
 */
export async function composeCurrent(
  kind: StoredRecordKind,
  id: string,
  composeRows: ComposeRows,
  { records, composed, newId, now }: ComposeCurrentDependencies,
  note?: { notePlacing: (placing: Placing) => void; pages: 'later' | undefined },
): Promise<void> {
  const outcome = await retryOnConflict(maxAttempts, async () => {
    let readRecords: ReadRecord[] = []
    const compose = () => {
      const reader = createRecordingReader(records)
      readRecords = reader.readRecords
      return composeRows(id, reader, composed)
    }
    await composed.compose(kind, id, compose, (changedKeys) => {
      if (!note) return []
      const at = now().toISOString()
      const notBefore = note.pages && addSeconds(at, importPauseSeconds)
      const placings = listPlacings(id, changedKeys)
      const intentIds = new Map(placings.map(({ slug }) => [slug, newId('intent')]))
      for (const placing of placings) note.notePlacing({ ...placing, intentId: intentIds.get(placing.slug) ?? '' })
      return [...intentIds].map(([slug, intentId]) =>
        openIntentWrite({ kind: 'pages', id: slug, intentId, at, notBefore }),
      )
    })
    const others = readRecords.filter((one) => one.kind !== kind || one.id !== id)
    const isCurrent = await Promise.all(
      others.map(async (one) => isSameWrite(one, await records.get(one.kind, one.id))),
    )
    return isCurrent.includes(false) ? 'conflict' : 'composed'
  })
  if (outcome === 'conflict') throw conflictRefusal()
}

type ReadRecord = { kind: StoredRecordKind; id: string; record: StoredRecord | undefined }

function createRecordingReader(records: Pick<RecordStore, 'get'>) {
  const readRecords: ReadRecord[] = []
  return {
    readRecords,
    async get(kind: StoredRecordKind, id: string) {
      const record = await records.get(kind, id)
      readRecords.push({ kind, id, record })
      return record
    },
  }
}

function isSameWrite({ record }: ReadRecord, current: StoredRecord | undefined): boolean {
  return record?.version === current?.version && record?.updatedAt === current?.updatedAt
}

/** The careers and schools whose listings show a program, of the keys of its rows that change. */
function listPlacings(programId: string, keys: readonly Key[]): Placing[] {
  const { pk: partition } = listedSchoolKey('', '')
  return keys.flatMap(({ pk, sk }) => {
    const [schoolId, listedId] = sk.split('#')
    return pk.startsWith(partition) && schoolId !== undefined && listedId === programId
      ? [{ slug: pk.slice(partition.length), schoolId }]
      : []
  })
}

const maxAttempts = 50
/** An import that writes nothing for so long was interrupted: the worker composes the pages. */
export const importPauseSeconds = 30
