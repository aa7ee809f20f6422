import * as z from 'zod'
import { type AccessPerson, formatSignInUrl, getHolderRecord } from '../../domain/access/access-person.ts'
import type { Actor } from '../../domain/access/actor.ts'
import { buildAccessEmail } from '../../outbound/email/build-access-email.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import type { PersonRow } from '../../store/access/people-rows.ts'
import { type AuditChangeDependencies, auditChange } from './audit-change.ts'
import { addSignInLink, createSignInLink } from './sign-in-links.ts'

export type InvitePersonDependencies = Pick<Dependencies, 'people' | 'records' | 'randomBytes'> &
  AuditChangeDependencies & { digests: Pick<Dependencies['digests'], 'hashSignInEmail'> }
export type PersonInput = Pick<AccessPerson, 'holder' | 'email' | 'name' | 'role'>
type Refused = 'email-taken' | 'no-holder' | 'too-many'

/** Creates a person with an invitation, whose token cannot be read again; or returns why not. */
export async function invitePerson(
  input: PersonInput,
  actor: Actor,
  deps: InvitePersonDependencies,
): Promise<{ person: AccessPerson; token: string } | Refused> {
  const { holder } = input
  const place = getHolderRecord(holder)
  const holderRecord = place && (await deps.records.get(place.kind, place.id))
  if (place && !holderRecord) return 'no-holder'
  const now = deps.now().toISOString()
  const personId = deps.newId('person')
  const person = { personId, ...input, status: 'invited', createdAt: now, createdBy: actor, invitedAt: now } as const
  const { token, link } = createSignInLink(person, { kind: 'invitation' }, deps)
  const row: PersonRow = {
    version: 0,
    epoch: 1,
    person,
    emailHash: deps.digests.hashSignInEmail(input.email),
    ...(holderRecord?.generation && { generation: holderRecord.generation }),
    links: [link],
  }
  const outcome = await deps.people.create(row, [auditPerson('access.invited', actor, { after: person }, deps)])
  return outcome === 'created' ? { person, token } : outcome
}

/** Replaces the invitation of a person. Of one who has signed in before, it is a sign-in link that lasts longer. */
export async function renewInvitation(
  personId: string,
  { actor, mayChange }: { actor: Actor; mayChange: (person: AccessPerson) => boolean },
  deps: InvitePersonDependencies,
): Promise<{ person: AccessPerson; token: string } | 'absent' | 'disabled'> {
  const { token, link } = createSignInLink({ personId }, { kind: 'invitation' }, deps)
  const outcome = await deps.people.change<'absent' | 'disabled'>(personId, (row) => {
    if (!mayChange(row.person)) return { refused: 'absent' }
    if (row.person.status === 'disabled') return { refused: 'disabled' }
    const person = { ...row.person, invitedAt: deps.now().toISOString() }
    const audit = auditPerson('access.reinvited', actor, { after: person }, deps)
    return { row: { ...row, person, links: addSignInLink(row, link, deps.now()) }, also: [audit] }
  })
  if ('row' in outcome) return { person: outcome.row.person, token }
  return outcome.refused === 'disabled' ? 'disabled' : 'absent'
}

type SendInvitationDependencies = Pick<Dependencies, 'mail' | 'records' | 'newId' | 'log' | 'publicUrl'>

/** Emails an invitation. A failure is returned and logged, so that another can be sent. */
export async function sendInvitationMail(
  { person, token, invitedBy }: { person: AccessPerson; token: string; invitedBy: string | undefined },
  deps: SendInvitationDependencies,
): Promise<'sent' | 'failed' | 'not-configured'> {
  const { publicUrl } = deps
  if (publicUrl === undefined) return 'not-configured'
  const places = [{ url: formatSignInUrl(publicUrl, person, token), name: await findHolderName(person, deps) }]
  const isSent = await sendAccessMail({ kind: 'invitation', to: person, places, invitedBy }, deps)
  return isSent ? 'sent' : 'failed'
}

type AccessMail = Omit<Parameters<typeof buildAccessEmail>[0], 'emailId'>

/** Returns whether the mail server took an email with sign-in links. No address is logged. */
export async function sendAccessMail(
  content: AccessMail,
  { mail, newId, log }: Pick<Dependencies, 'mail' | 'newId' | 'log'>,
): Promise<boolean> {
  const message = await buildAccessEmail({ ...content, emailId: newId('email') })
  const result = await mail(message).catch((error: unknown) => ({
    fault: { reason: error instanceof Error ? error.name : 'unknown' },
  }))
  if ('fault' in result) log('access_mail.failed', { kind: content.kind, reason: result.fault.reason })
  return !('fault' in result)
}

/** The name of the school or source that a person works for; undefined for staff. */
export async function findHolderName(
  { holder }: Pick<AccessPerson, 'holder'>,
  { records }: Pick<Dependencies, 'records'>,
): Promise<string | undefined> {
  const place = getHolderRecord(holder)
  const record = place && (await records.get(place.kind, place.id))
  return record && holderName.parse(record.body).name
}

const holderName = z.object({ name: z.string() })

/** Returns the write of the entry that says who changed whose access. The email is a digest, and the name is kept. */
export function auditPerson(
  action: 'access.invited' | 'access.reinvited' | 'access.changed' | 'access.removed',
  actor: Actor,
  { before, after }: { before?: AccessPerson; after?: AccessPerson },
  deps: AuditChangeDependencies,
) {
  const id = before?.personId ?? after?.personId ?? ''
  const states = { ...(before && { before: toAudited(before) }), ...(after && { after: toAudited(after) }) }
  return auditChange({ actor, action, record: { kind: 'people', id }, ...states }, deps)
}

function toAudited({ holder, email, name, role, status }: AccessPerson) {
  return { holder, email, name, role, status }
}
