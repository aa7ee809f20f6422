import { Refusal } from '#shared/contract/problems.ts'
import type { AccessPerson } from '#shared/domain/access/access-person.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { checkPersonUnchanged } from '#shared/store/access/people-rows.ts'
import type { Write } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'

/**
 * Returns what to add to the writes by which a person stops being an active owner: they fail if the owner who stays changes
 * meanwhile, so that two owners cannot remove each other. `after` is absent for one who is removed. @throws Refusal if there is
 * no other
 */
export async function requireOtherOwner(
  before: AccessPerson,
  after: AccessPerson | undefined,
  { people }: Pick<Dependencies, 'people'>,
): Promise<Write<Table>[]> {
  if (!isActiveOwner(before) || (after && isActiveOwner(after))) return []
  const { rows } = await people.list({ caller: 'operator' }, { limit: 500 })
  const other = rows.find(({ person }) => person.personId !== before.personId && isActiveOwner(person))
  if (other) return [checkPersonUnchanged(other)]
  throw new Refusal('LAST_OWNER', 'This is the last active owner. Make someone else an owner first.')
}

function isActiveOwner({ role, status }: AccessPerson): boolean {
  return role === 'owner' && status === 'active'
}
