import { Refusal } from '#shared/contract/problems.ts'
import { isSameGeneration, toOwnerName } from '#shared/domain/catalog/generation.ts'
import type { Principal } from '#shared/http/authorize.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { StoredRecord } from '#shared/store/catalog/record-store.ts'

/** Returns the owner name of the calling source: its leads are listed under it. @throws Refusal if the source was deleted */
export async function requireSourceOwner(
  principal: Principal<'source'>,
  deps: Pick<Dependencies, 'records'>,
): Promise<string> {
  await requireOwnSource(principal, deps)
  return toOwnerName({ id: principal.sourceId, generation: principal.generation })
}

/** Returns the record of the calling source. @throws Refusal if the source was deleted */
export async function requireOwnSource(
  { sourceId, generation }: Principal<'source'>,
  { records }: Pick<Dependencies, 'records'>,
): Promise<StoredRecord> {
  const row = await records.get('sources', sourceId)
  if (!row || !isSameGeneration(row.generation, generation))
    throw new Refusal('KEY_INVALID', 'The source of this key has been removed.')
  return row
}
