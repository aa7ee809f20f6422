import { Refusal } from '#shared/contract/problems.ts'
import type { AccessPerson } from '#shared/domain/access/access-person.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

/** @throws Refusal if a person who stops being an active owner is the last one. `after` is absent for one who is removed. */
export async function requireOtherOwner(
  before: AccessPerson,
  after: AccessPerson | undefined,
  { people }: Pick<Dependencies, 'people'>,
): Promise<void> {
  if (!isActiveOwner(before) || (after && isActiveOwner(after))) return
  const { rows } = await people.list({ caller: 'operator' }, { limit: 500 })
  if (rows.some(({ person }) => person.personId !== before.personId && isActiveOwner(person))) return
  throw new Refusal('LAST_OWNER', 'This is the last active owner. Make someone else an owner first.')
}

function isActiveOwner({ role, status }: AccessPerson): boolean {
  return role === 'owner' && status === 'active'
}
