import { type FieldError, invalidFields } from '#shared/contract/problems.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { StoredRecord } from '#shared/store/catalog/record-store.ts'
import type { StoredRecordKind } from '#shared/store/keys.ts'

export type Reference = { pointer: string; kind: StoredRecordKind; id: string }

/**
 * Returns the referenced records, in the order of the references.
 * @throws Refusal with an error for each field that refers to a record that does not exist.
 */
export async function requireReferences(references: readonly Reference[], { records }: Pick<Dependencies, 'records'>) {
  const foundRecords = await Promise.all(references.map(({ kind, id }) => records.get(kind, id)))
  refuseFields(
    references.flatMap(({ pointer, kind }, index) =>
      foundRecords[index] ? [] : [{ pointer, code: 'unknown_record', detail: `names none of the ${kind}` }],
    ),
  )
  return foundRecords
}

/**
 * A campaign or program stays with its school, because leads, keys and links of the record belong to that school.
 * @throws Refusal if the body names another school than the current record
 */
export function refuseMove(label: 'campaign' | 'program', schoolId: string, current: StoredRecord | undefined): void {
  if (current === undefined || current.body.schoolId === schoolId) return
  refuseFields([
    {
      pointer: '/schoolId',
      code: 'cannot_move',
      detail: `cannot change from ${current.body.schoolId}: create a new ${label} with another ID for ${schoolId}`,
    },
  ])
}

/** @throws Refusal with these field errors, if there are any */
export function refuseFields(errors: FieldError[]): void {
  if (errors.length > 0) throw invalidFields(errors)
}
