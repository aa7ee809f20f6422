import { sendColleagueInvitation, sendInvitation } from '#shared/contract/access/people.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import type { AccessPerson } from '#shared/domain/access/access-person.ts'
import { type Actor, toActor } from '#shared/domain/access/actor.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import {
  type InvitePersonDependencies,
  renewInvitation,
  sendInvitationMail,
} from '#shared/workflows/access/invite-person.ts'
import { isOfSchool } from './change-person.ts'

type SendInvitationDependencies = InvitePersonDependencies & Pick<Dependencies, 'mail' | 'log' | 'publicUrl'>
type Inviter = { actor: Actor; invitedBy: string | undefined; mayChange: (person: AccessPerson) => boolean }

/** Sends a person a new invitation. */
export async function sendInvitationByStaff(
  { params, principal }: Request<typeof sendInvitation>,
  deps: SendInvitationDependencies,
): Promise<Reply<typeof sendInvitation>> {
  const inviter = { actor: toActor(principal), invitedBy: principal.person?.name, mayChange: () => true }
  return { status: 201, body: await renew(params.personId, inviter, deps) }
}

/** Sends a colleague of the caller a new invitation. */
export async function sendToColleague(
  { params, principal }: Request<typeof sendColleagueInvitation>,
  deps: SendInvitationDependencies,
): Promise<Reply<typeof sendColleagueInvitation>> {
  const mayChange = isOfSchool(principal.schoolId)
  const inviter = { actor: toActor(principal), invitedBy: principal.person?.name, mayChange }
  return { status: 201, body: await renew(params.personId, inviter, deps) }
}

async function renew(personId: string, { actor, invitedBy, mayChange }: Inviter, deps: SendInvitationDependencies) {
  const outcome = await renewInvitation(personId, { actor, mayChange }, deps)
  if (outcome === 'absent') throw new Refusal('NOT_FOUND', 'Person not found.')
  if (outcome === 'disabled')
    throw new Refusal('PERSON_DISABLED', 'This person is disabled. Let them sign in again first.')
  const invitation = await sendInvitationMail({ ...outcome, invitedBy }, deps)
  return { person: outcome.person, invitation, ...(invitation !== 'sent' && { token: outcome.token }) }
}

export const handler = defineHandler(sendInvitation, sendInvitationByStaff)
export const colleagueHandler = defineHandler(sendColleagueInvitation, sendToColleague)
