import { changeColleague, changePerson } from '#shared/contract/access/people.ts'
import { invalidFields, Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { type AccessPerson, isRoleOf, type PersonRole, personRoles } from '#shared/domain/access/access-person.ts'
import { type Actor, toActor } from '#shared/domain/access/actor.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { PersonRow } from '#shared/store/access/people-rows.ts'
import type { AuditChangeDependencies } from '#shared/workflows/access/audit-change.ts'
import { auditPerson } from '#shared/workflows/access/invite-person.ts'
import { emailTaken } from './invite-person.ts'
import { requireOtherOwner } from './require-other-owner.ts'

type ChangePersonDependencies = Pick<Dependencies, 'people'> &
  AuditChangeDependencies & { digests: Pick<Dependencies['digests'], 'hashSignInEmail'> }
type PersonChanges = {
  name?: string | undefined
  email?: string | undefined
  role?: PersonRole | undefined
  status?: 'active' | 'disabled' | undefined
}
type Changer = { actor: Actor; mayChange: (person: AccessPerson) => boolean }

/** Changes a person of staff or of a school. */
export async function changePersonByStaff(
  { params, body, principal }: Request<typeof changePerson>,
  deps: ChangePersonDependencies,
): Promise<Reply<typeof changePerson>> {
  const changer = { actor: toActor(principal), mayChange: () => true }
  return { status: 200, body: await applyChanges(params.personId, body, changer, deps) }
}

/** Changes a colleague of the caller. */
export async function changeOwnColleague(
  { params, body, principal }: Request<typeof changeColleague>,
  deps: ChangePersonDependencies,
): Promise<Reply<typeof changeColleague>> {
  const changer = { actor: toActor(principal), mayChange: isOfSchool(principal.schoolId) }
  return { status: 200, body: await applyChanges(params.personId, body, changer, deps) }
}

/** People of another school, and of staff, look to a school like people who do not exist. */
export function isOfSchool(schoolId: string) {
  return ({ holder }: Pick<AccessPerson, 'holder'>) => holder.caller === 'school' && holder.schoolId === schoolId
}

async function applyChanges(
  personId: string,
  changes: PersonChanges,
  { actor, mayChange }: Changer,
  deps: ChangePersonDependencies,
): Promise<AccessPerson> {
  const outcome = await deps.people.change<'absent'>(personId, async (row) => {
    if (!mayChange(row.person)) return { refused: 'absent' }
    const changed = changeRow(row, changes, deps)
    const checks = await requireOtherOwner(row.person, changed.person, deps)
    const states = { before: row.person, after: changed.person }
    return { row: changed, also: [...checks, auditPerson('access.changed', actor, states, deps)] }
  })
  if ('row' in outcome) return outcome.row.person
  throw outcome.refused === 'email-taken' ? emailTaken() : new Refusal('NOT_FOUND', 'Person not found.')
}

/** What decides who the person is or may do also ends the sessions; links stay unless they went to another mailbox. */
function changeRow(
  row: PersonRow,
  { name, email, role, status }: PersonChanges,
  { digests }: Pick<ChangePersonDependencies, 'digests'>,
): PersonRow {
  const { person } = row
  if (role !== undefined && !isRoleOf(role, person.holder)) {
    const detail = `must be one of ${personRoles[person.holder.caller].join(', ')} for this person`
    throw invalidFields([{ pointer: '/role', code: 'invalid_value', detail }])
  }
  const next = {
    ...person,
    ...(name !== undefined && { name }),
    ...(email !== undefined && { email }),
    ...(role !== undefined && { role }),
    ...(status !== undefined && { status: toStatus(person, status) }),
  }
  const emailHash = digests.hashSignInEmail(next.email)
  const isMoved = emailHash !== row.emailHash
  const isEnded = isMoved || next.role !== person.role || next.status !== person.status
  return {
    ...row,
    person: next,
    emailHash,
    epoch: isEnded ? row.epoch + 1 : row.epoch,
    links: isMoved || next.status === 'disabled' ? [] : row.links,
  }
}

/** A person who has never signed in is still invited. */
function toStatus({ lastSignInAt }: AccessPerson, status: 'active' | 'disabled'): AccessPerson['status'] {
  if (status === 'disabled') return 'disabled'
  return lastSignInAt === undefined ? 'invited' : 'active'
}

export const handler = defineHandler(changePerson, changePersonByStaff)
export const colleagueHandler = defineHandler(changeColleague, changeOwnColleague)
