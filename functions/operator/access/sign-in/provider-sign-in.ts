import * as z from 'zod'
import {
  completeProviderSignIn,
  readSignInOptions,
  startProviderSignIn,
} from '#shared/contract/access/provider-sign-in.ts'
import { providerCookie } from '#shared/contract/access/session-carriers.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { codeMinutes } from '#shared/domain/access/second-factor.ts'
import { normalizeMailbox } from '#shared/domain/fields/email.ts'
import { addSeconds } from '#shared/domain/time.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { requireApp } from '#shared/http/authorize-session.ts'
import { formatCookie, readCookie } from '#shared/http/cookies.ts'
import { getSignInLimits } from '#shared/http/limits.ts'
import type { OidcClient } from '#shared/outbound/oidc/create-oidc-client.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { newSecret } from '#shared/workflows/access/sign-in-links.ts'
import { type BeginSessionDependencies, beginSession } from './begin-session.ts'

type ProviderDependencies = Pick<Dependencies, 'oidc' | 'publicUrl' | 'sealer' | 'randomBytes' | 'now' | 'log'> & {
  digests: Pick<Dependencies['digests'], 'hashAddressBlock'>
}
type CompleteDependencies = ProviderDependencies &
  BeginSessionDependencies & { digests: Pick<Dependencies['digests'], 'hashSignInEmail'> }

/** Returns the name of the provider, if staff may sign in by one. */
export async function readOptions(
  _: Request<typeof readSignInOptions>,
  { oidc, publicUrl }: Pick<Dependencies, 'oidc' | 'publicUrl'>,
): Promise<Reply<typeof readSignInOptions>> {
  const hasProvider = oidc !== undefined && publicUrl !== undefined
  return { status: 200, body: hasProvider ? { provider: { name: oidc.name } } : {} }
}

/** Returns where the browser goes, and gives it a cookie with the secrets of this sign-in. */
export async function startAtProvider(
  { app, ip, spend }: Request<typeof startProviderSignIn>,
  deps: ProviderDependencies,
): Promise<Reply<typeof startProviderSignIn>> {
  requireApp(app)
  for (const limit of getSignInLimits({ ip }, deps)) await spend(limit)
  const { oidc, redirectUri } = requireProvider(deps)
  const attempt = { state: newSecret(deps), nonce: newSecret(deps), codeVerifier: newSecret(deps) }
  const url = await oidc.buildUrl(redirectUri, attempt).catch((error: unknown) => {
    deps.log('provider_sign_in.failed', { fault: 'unavailable', reason: error instanceof Error ? error.name : 'Error' })
    throw providerUnavailable()
  })
  const expiresAt = addSeconds(deps.now().toISOString(), attemptSeconds)
  const cookie = Buffer.from(deps.sealer.seal(cookieOwner, JSON.stringify({ ...attempt, expiresAt }))).toString(
    'base64url',
  )
  return { status: 201, cookies: [formatCookie(providerCookie, cookie, attemptSeconds)], body: { url } }
}

/** Begins a session of the person of staff whose verified email the provider names. */
export async function completeAtProvider(
  { body, app, ip, spend, cookies = [] }: Request<typeof completeProviderSignIn>,
  deps: CompleteDependencies,
): Promise<Reply<typeof completeProviderSignIn>> {
  requireApp(app)
  for (const limit of getSignInLimits({ ip }, deps)) await spend(limit)
  const { oidc, redirectUri } = requireProvider(deps)
  const attempt = readAttempt(cookies, deps)
  const parameters = new URLSearchParams(body.parameters)
  // Compared before the provider is asked, so that a link of another browser costs no request.
  if (!attempt || parameters.get('state') !== attempt.state) throw expired()
  const identity = await oidc.readIdentity({ parameters, redirectUri, attempt })
  if ('fault' in identity) {
    deps.log('provider_sign_in.failed', identity)
    throw identity.fault === 'unavailable' ? providerUnavailable() : refused(describeRefusal[identity.fault])
  }
  const email = normalizeMailbox(identity.email ?? '')
  if (email === undefined) throw refused('The provider did not send an email address. Allow the scope "email" there.')
  if (!identity.isEmailVerified)
    throw refused('The provider says that this email address is not verified. Verify it there, and try again.')
  const [staffRow] = await deps.people.listByEmail(deps.digests.hashSignInEmail(email), 'operator')
  if (!staffRow) throw unknownEmail()
  const session = await beginSession<'no-access'>(
    staffRow.person,
    { by: 'provider', hasCode: false, device: body.device, cookies },
    async (row) => {
      if (row.person.status === 'disabled' || row.emailHash !== staffRow.emailHash) return { refused: 'no-access' }
      return { row: { ...row, links: row.links.filter(({ kind }) => kind !== 'invitation') } }
    },
    deps,
  )
  if ('refused' in session) throw unknownEmail()
  return { status: 201, cookies: [session.cookie, formatCookie(providerCookie, '', 0)], body: session.body }
}

function requireProvider({ oidc, publicUrl }: Pick<Dependencies, 'oidc' | 'publicUrl'>): {
  oidc: OidcClient
  redirectUri: string
} {
  if (!oidc || publicUrl === undefined) throw new Refusal('NOT_FOUND', 'This system has no sign-in provider.')
  return { oidc, redirectUri: `${publicUrl}/console` }
}

/** Returns what this browser began, unless it is too long ago or the cookie is not ours. */
function readAttempt(cookies: readonly string[], { sealer, now }: Pick<Dependencies, 'sealer' | 'now'>) {
  const cookie = readCookie(cookies, providerCookie)
  if (cookie === undefined) return undefined
  const content = openCookie(cookie, sealer)
  const { data } = storedAttempt.safeParse(content)
  return data && data.expiresAt > now().toISOString() ? data : undefined
}

function openCookie(cookie: string, sealer: Dependencies['sealer']): unknown {
  try {
    return JSON.parse(sealer.open(cookieOwner, Buffer.from(cookie, 'base64url').toString()))
  } catch {
    return undefined
  }
}

const storedAttempt = z.object({
  state: z.string(),
  nonce: z.string(),
  codeVerifier: z.string(),
  expiresAt: z.string(),
})
const cookieOwner = 'provider-sign-in'
const attemptSeconds = codeMinutes * 60

const describeRefusal = {
  refused: 'The provider did not sign you in. Try again there, or ask for a sign-in link by email.',
  invalid: 'The response of the provider is not valid. Ask an owner to check the settings of the provider.',
} as const

const refused = (detail: string) => new Refusal('PROVIDER_REFUSED', detail)
const expired = () =>
  new Refusal('PROVIDER_SIGN_IN_EXPIRED', 'This sign-in began in another browser, or too long ago. Start again.')
const unknownEmail = () =>
  new Refusal('PROVIDER_EMAIL_UNKNOWN', 'No one of staff signs in with this email. Ask an owner for an invitation.')
const providerUnavailable = () =>
  new Refusal('PROVIDER_UNAVAILABLE', 'The provider does not answer. Try again, or ask for a sign-in link by email.')

export const optionsHandler = defineHandler(readSignInOptions, readOptions)
export const startHandler = defineHandler(startProviderSignIn, startAtProvider)
export const completeHandler = defineHandler(completeProviderSignIn, completeAtProvider)
