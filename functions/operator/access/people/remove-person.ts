import { removeColleague, removePerson } from '#shared/contract/access/people.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { type Actor, toActor } from '#shared/domain/access/actor.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { AuditChangeDependencies } from '#shared/workflows/access/audit-change.ts'
import { auditPerson } from '#shared/workflows/access/invite-person.ts'
import { isOfSchool } from './change-person.ts'
import { requireOtherOwner } from './require-other-owner.ts'

type RemovePersonDependencies = Pick<Dependencies, 'people'> & AuditChangeDependencies

/** Deletes a person of staff or of a school. */
export async function removePersonByStaff(
  { params, principal }: Request<typeof removePerson>,
  deps: RemovePersonDependencies,
): Promise<Reply<typeof removePerson>> {
  await remove(params.personId, toActor(principal), deps)
  return { status: 204 }
}

/** Deletes a colleague of the caller. */
export async function removeOwnColleague(
  { params, principal }: Request<typeof removeColleague>,
  deps: RemovePersonDependencies,
): Promise<Reply<typeof removeColleague>> {
  const row = await deps.people.find(params.personId)
  if (!row || !isOfSchool(principal.schoolId)(row.person)) throw new Refusal('NOT_FOUND', 'Person not found.')
  await remove(params.personId, toActor(principal), deps)
  return { status: 204 }
}

async function remove(personId: string, actor: Actor, deps: RemovePersonDependencies): Promise<void> {
  const outcome = await deps.people.remove(personId, async ({ person }) => [
    ...(await requireOtherOwner(person, undefined, deps)),
    auditPerson('access.removed', actor, { before: person }, deps),
  ])
  if (outcome === 'absent') throw new Refusal('NOT_FOUND', 'Person not found.')
}

export const handler = defineHandler(removePerson, removePersonByStaff)
export const colleagueHandler = defineHandler(removeColleague, removeOwnColleague)
