import { browserCookie } from '#shared/contract/access/session-carriers.ts'
import { requestSignIn as route } from '#shared/contract/access/sign-in.ts'
import { invalidFields } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { formatSignInUrl, type SignInApp, signInApps, signInLinkMinutes } from '#shared/domain/access/access-person.ts'
import { normalizeMailbox } from '#shared/domain/fields/email.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { requireApp } from '#shared/http/authorize-session.ts'
import { formatCookie, readCookie } from '#shared/http/cookies.ts'
import { getSignInLimits } from '#shared/http/limits.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { sha256 } from '#shared/platform/digests.ts'
import type { PersonRow } from '#shared/store/access/people-rows.ts'
import { findHolderName, sendAccessMail } from '#shared/workflows/access/invite-person.ts'
import { addSignInLink, createSignInLink, newSecret } from '#shared/workflows/access/sign-in-links.ts'

type RequestSignInDependencies = Pick<
  Dependencies,
  'people' | 'records' | 'digests' | 'mail' | 'log' | 'publicUrl' | 'randomBytes' | 'newId' | 'now' | 'sleep'
>

/** How long every response takes, if sending the email does not take longer. */
const responseMs = 1000

/**
 * Emails a sign-in link if someone signs in with this email. Neither the response nor its time says whether: sending runs
 * while the response waits.
 */
export async function answerSignInRequest(
  { body, app: callingApp, ip, spend, cookies = [] }: Request<typeof route>,
  deps: RequestSignInDependencies,
): Promise<Reply<typeof route>> {
  requireApp(callingApp)
  const email = normalizeMailbox(body.email)
  if (email === undefined)
    throw invalidFields([{ pointer: '/email', code: 'invalid_email', detail: 'must be an email address' }])
  const emailHash = deps.digests.hashSignInEmail(email)
  for (const limit of getSignInLimits({ ip, emailHash }, deps)) await spend(limit)
  const browser = readBrowser(cookies) ?? newSecret(deps)
  const sending = sendLinks({ app: body.app, emailHash, browserSha256: sha256(browser) }, deps)
  await Promise.all([sending, deps.sleep(responseMs)])
  return {
    status: 202,
    cookies: [formatCookie(browserCookie, browser, signInLinkMinutes * 60)],
    body: { validMinutes: signInLinkMinutes },
  }
}

/** The secret by which a browser is known again. */
export function readBrowser(cookies: readonly string[]): string | undefined {
  const value = readCookie(cookies, browserCookie)
  return value !== undefined && /^[\w-]{43}$/.test(value) ? value : undefined
}

type LinkRequest = { app: SignInApp; emailHash: string; browserSha256: string }

/** A person who works for several schools gets one email with a link for each. */
async function sendLinks(
  { app, emailHash, browserSha256 }: LinkRequest,
  deps: RequestSignInDependencies,
): Promise<void> {
  const { publicUrl } = deps
  if (publicUrl === undefined) {
    deps.log('access_mail.failed', { kind: 'sign-in', reason: 'no public URL' })
    return
  }
  const rows = await deps.people.listByEmail(emailHash, signInApps[app])
  const places: { url: string; name: string | undefined }[] = []
  for (const { person } of rows) {
    const { token, link } = createSignInLink(person, { kind: 'sign-in', browserSha256 }, deps)
    const outcome = await deps.people.change<'no-access'>(person.personId, async (row) => {
      if (!(await hasAccess(row, deps))) return { refused: 'no-access' }
      return { row: { ...row, links: addSignInLink(row, link, deps.now()) }, also: [] }
    })
    if ('row' in outcome)
      places.push({ url: formatSignInUrl(publicUrl, person, token), name: await findHolderName(person, deps) })
  }
  const [first] = rows
  if (first && places.length > 0) await sendAccessMail({ kind: 'sign-in', to: first.person, places }, deps)
}

async function hasAccess(row: PersonRow, { people }: Pick<Dependencies, 'people'>): Promise<boolean> {
  return row.person.status !== 'disabled' && people.isHolderCurrent(row)
}

export const handler = defineHandler(route, answerSignInRequest)
