import {
  type AccessPerson,
  invitationHours,
  maxSignInLinks,
  signInLinkMinutes,
} from '../../domain/access/access-person.ts'
import { addHours, addSeconds } from '../../domain/time.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import { sha256 } from '../../platform/digests.ts'
import type { PersonRow, SignInLink } from '../../store/access/people-rows.ts'

type LinkDependencies = Pick<Dependencies, 'randomBytes' | 'now'>

/** Returns 256 random bits as text for a link or a cookie. */
export function newSecret({ randomBytes }: Pick<Dependencies, 'randomBytes'>): string {
  return Buffer.from(randomBytes(32)).toString('base64url')
}

/** Returns a link to store, and the token that only its email has. */
export function createSignInLink(
  { personId }: Pick<AccessPerson, 'personId'>,
  { kind, browserSha256 }: Pick<SignInLink, 'kind' | 'browserSha256'>,
  deps: LinkDependencies,
): { token: string; link: SignInLink } {
  const secret = newSecret(deps)
  const now = deps.now().toISOString()
  const expiresAt = kind === 'invitation' ? addHours(now, invitationHours) : addSeconds(now, signInLinkMinutes * 60)
  const link = { sha256: sha256(secret), kind, expiresAt, ...(browserSha256 !== undefined && { browserSha256 }) }
  return { token: `${personId}.${secret}`, link }
}

/** An invitation replaces the earlier one. Of sign-in links, the latest few stay, so that a stranger who asks voids none at once. */
export function addSignInLink({ links }: Pick<PersonRow, 'links'>, link: SignInLink, now: Date): SignInLink[] {
  const unexpired = links.filter(({ expiresAt }) => expiresAt > now.toISOString())
  const invitations = link.kind === 'invitation' ? [] : unexpired.filter(({ kind }) => kind === 'invitation')
  const signIns = unexpired.filter(({ kind }) => kind === 'sign-in')
  return link.kind === 'invitation'
    ? [...signIns, link]
    : [...invitations, ...signIns.slice(-(maxSignInLinks - 1)), link]
}
