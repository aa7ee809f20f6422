import { inviteColleague, invitePerson } from '#shared/contract/access/people.ts'
import { invalidFields, Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { maxPeoplePerHolder } from '#shared/domain/access/access-person.ts'
import { type Actor, toActor } from '#shared/domain/access/actor.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import {
  invitePerson as createPerson,
  type InvitePersonDependencies,
  type PersonInput,
  sendInvitationMail,
} from '#shared/workflows/access/invite-person.ts'

type InviteDependencies = InvitePersonDependencies & Pick<Dependencies, 'mail' | 'log' | 'publicUrl'>

/** Invites a person of staff, of a school or of a publisher. */
export async function invitePersonByStaff(
  { body, principal }: Request<typeof invitePerson>,
  deps: InviteDependencies,
): Promise<Reply<typeof invitePerson>> {
  return {
    status: 201,
    body: await invite(body, { actor: toActor(principal), invitedBy: principal.person?.name }, deps),
  }
}

/** Invites a colleague of the caller. */
export async function inviteOwnColleague(
  { body, principal }: Request<typeof inviteColleague>,
  deps: InviteDependencies,
): Promise<Reply<typeof inviteColleague>> {
  const input = { ...body, holder: { caller: 'school', schoolId: principal.schoolId } } as const
  return {
    status: 201,
    body: await invite(input, { actor: toActor(principal), invitedBy: principal.person?.name }, deps),
  }
}

async function invite(
  input: PersonInput,
  { actor, invitedBy }: { actor: Actor; invitedBy: string | undefined },
  deps: InviteDependencies,
) {
  const outcome = await createPerson(input, actor, deps)
  if (outcome === 'no-holder')
    throw invalidFields([
      input.holder.caller === 'source'
        ? { pointer: '/holder/sourceId', code: 'unknown_record', detail: 'must be the ID of an existing source' }
        : { pointer: '/holder/schoolId', code: 'unknown_record', detail: 'must be the ID of an existing school' },
    ])
  if (outcome === 'email-taken') throw emailTaken()
  if (outcome === 'too-many')
    throw new Refusal('TOO_MANY_PEOPLE', `At most ${maxPeoplePerHolder} people can sign in. Delete some first.`)
  const { person, token } = outcome
  const invitation = await sendInvitationMail({ person, token, invitedBy }, deps)
  return { person, invitation, ...(invitation !== 'sent' && { token }) }
}

export function emailTaken(): Refusal {
  return new Refusal('EMAIL_TAKEN', 'Someone already signs in here with this email.')
}

export const handler = defineHandler(invitePerson, invitePersonByStaff)
export const colleagueHandler = defineHandler(inviteColleague, inviteOwnColleague)
