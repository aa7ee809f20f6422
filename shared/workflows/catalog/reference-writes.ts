import { program } from '../../domain/catalog/program.ts'
import { campaign } from '../../domain/routing/campaign.ts'
import { addReferenceWrite, checkGenerationWrite, type StoredRecord } from '../../store/catalog/record-store.ts'
import type { Write } from '../../store/engine/engine.ts'
import { linkKey, type StoredRecordKind, type Table } from '../../store/keys.ts'

type Reference = { kind: StoredRecordKind; record: StoredRecord }

/**
 * Returns the writes with which a campaign or program begins to refer to other records: part of the transaction that
 * writes it. They fail if a referenced record was deleted since it was read, and make a deletion at the same time fail.
 */
export function addReferenceWrites(
  kind: 'campaigns' | 'programs',
  id: string,
  references: readonly Reference[],
  current: StoredRecord | undefined,
): Write<Table>[] {
  const currentNames = current ? listReferences(kind, current).map(toName) : []
  const added = references.filter(({ kind: toKind, record }) => !currentNames.includes(toName([toKind, record.id])))
  const newNames = references.map(({ kind: toKind, record }) => toName([toKind, record.id]))
  const dropped = current ? listReferences(kind, current).filter((one) => !newNames.includes(toName(one))) : []
  if (added.length === 0 && dropped.length === 0) return []
  return [
    ...references.flatMap(({ kind: toKind, record }): Write<Table>[] => {
      // Programs are guarded by their school, because a transaction has room for 100 writes.
      if (toKind === 'schools') return [addReferenceWrite(toKind, record), linkWrite([toKind, record.id], [kind, id])]
      if (!added.some((one) => one.record === record)) return []
      if (toKind === 'programs') return [checkGenerationWrite(toKind, record)]
      return [addReferenceWrite(toKind, record), linkWrite([toKind, record.id], [kind, id])]
    }),
    ...dropped
      .filter(([toKind]) => toKind !== 'programs')
      .map((one): Write<Table> => ({ in: 'catalog', delete: linkKey(one, [kind, id]) })),
  ]
}

/** Returns the writes that end the references of a record: part of the transaction that deletes it. */
export function removeReferenceWrites(kind: StoredRecordKind, record: StoredRecord): Write<Table>[] {
  return listReferences(kind, record)
    .filter(([toKind]) => toKind !== 'programs')
    .map((one) => ({ in: 'catalog', delete: linkKey(one, [kind, record.id]) }))
}

function listReferences(kind: StoredRecordKind, { body }: StoredRecord): [StoredRecordKind, string][] {
  if (kind === 'campaigns') {
    const { schoolId, programIds } = campaign.parse(body)
    return [['schools', schoolId], ...programIds.map((id): [StoredRecordKind, string] => ['programs', id])]
  }
  if (kind !== 'programs') return []
  const { schoolId, careerSlugs } = program.parse(body)
  return [['schools', schoolId], ...careerSlugs.map((slug): [StoredRecordKind, string] => ['careers', slug])]
}

/** Composing fills it in. Until then it only says that the record exists. */
function linkWrite(from: [StoredRecordKind, string], to: [StoredRecordKind, string]): Write<Table> {
  return { in: 'catalog', put: linkKey(from, to) }
}

const toName = ([kind, id]: readonly [StoredRecordKind, string]) => `${kind}#${id}`
