import { type FieldError, invalidFields } from '#shared/contract/problems.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { Kind } from '#shared/store/keys.ts'

export type Reference = { pointer: string; kind: Kind; id: string }

/** @throws Refusal that points to every field which names a record that is not there. */
export async function requireReferences(references: readonly Reference[], { records }: Pick<Dependencies, 'records'>) {
  const found = await Promise.all(references.map(({ kind, id }) => records.get(kind, id)))
  refuseFields(
    references.flatMap(({ pointer, kind }, index) =>
      found[index] ? [] : [{ pointer, code: 'unknown_record', detail: `names none of the ${kind}` }],
    ),
  )
  return found
}

/** @throws Refusal with these field errors, if there are any. */
export function refuseFields(errors: FieldError[]): void {
  if (errors.length > 0) throw invalidFields(errors)
}
