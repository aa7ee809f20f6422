import { formatSignInUrl } from '#shared/domain/access/access-person.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import {
  type InvitePersonDependencies,
  invitePerson,
  type PersonInput,
  renewInvitation,
} from '#shared/workflows/access/invite-person.ts'

const actor = { kind: 'system', name: 'npm start' } as const

/** Returns a link that signs a sample person in once. The person is created at the first start. @throws Error if that fails */
export async function createSampleLink(
  input: PersonInput,
  origin: string,
  deps: InvitePersonDependencies & Pick<Dependencies, 'digests'>,
): Promise<string> {
  const rows = await deps.people.listByEmail(deps.digests.hashSignInEmail(input.email), input.holder.caller)
  const [existing] = rows.filter(({ person }) => JSON.stringify(person.holder) === JSON.stringify(input.holder))
  const outcome = existing
    ? await renewInvitation(existing.person.personId, { actor, mayChange: () => true }, deps)
    : await invitePerson(input, actor, deps)
  if (typeof outcome === 'string') throw new Error(`The sample person was not created: ${outcome}`)
  return formatSignInUrl(origin, outcome.person, outcome.token)
}
