import type { SuppressionScope } from '#shared/domain/aftercare/suppression.ts'
import { toOwnerName } from '#shared/domain/catalog/generation.ts'
import type { Principal } from '#shared/http/authorize.ts'

/** Returns the owner name of the calling school: its leads and returns are listed under it. */
export function toPrincipalOwner({
  schoolId,
  generation,
}: Pick<Principal<'school'>, 'schoolId' | 'generation'>): string {
  return toOwnerName({ id: schoolId, generation })
}

/** The scope of a suppression that the calling school records for itself. */
export function toOwnSchoolScope({
  schoolId,
  generation,
}: Pick<Principal<'school'>, 'schoolId' | 'generation'>): SuppressionScope {
  return { kind: 'school', schoolId, ...(generation && { generation }) }
}
