import { signIn as route } from '#shared/contract/access/sign-in.ts'
import { type ProblemCode, Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { isSameHash, requireApp } from '#shared/http/authorize-session.ts'
import { getSignInLimits } from '#shared/http/limits.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { sha256 } from '#shared/platform/digests.ts'
import type { PersonRow } from '#shared/store/access/people-rows.ts'
import { type BeginSessionDependencies, beginSession } from './begin-session.ts'
import { readBrowser } from './request-sign-in.ts'

type SignInDependencies = BeginSessionDependencies & { digests: Pick<Dependencies['digests'], 'hashAddressBlock'> }
type LinkFault = 'unknown' | 'expired' | 'other-browser'

/** Begins a session with an unused link. */
export async function signIn(
  { body, app: callingApp, ip, spend, cookies = [] }: Request<typeof route>,
  deps: SignInDependencies,
): Promise<Reply<typeof route>> {
  requireApp(callingApp)
  for (const limit of getSignInLimits({ ip }, deps)) await spend(limit)
  const [personId = '', linkSecret = ''] = body.token.split('.')
  if (!/^psn_[\w-]{22}$/.test(personId)) throw toLinkRefusal('unknown')
  const browser = readBrowser(cookies)
  const opened = { sha256: sha256(linkSecret), browserSha256: browser && sha256(browser) }
  const row = await deps.people.find(personId)
  if (!row) throw toLinkRefusal('unknown')
  const { holder } = row.person
  const session = await beginSession<LinkFault>(
    { personId, holder },
    { by: 'email', hasCode: false, device: body.device, cookies },
    async (current) => {
      const fault = await findLinkFault(current, opened, deps)
      if (fault) return { refused: fault }
      return { row: { ...current, links: current.links.filter((link) => link.sha256 !== opened.sha256) } }
    },
    deps,
  )
  if ('refused' in session)
    throw toLinkRefusal(session.refused === 'absent' || session.refused === 'email-taken' ? 'unknown' : session.refused)
  return { status: 201, cookies: [session.cookie], body: session.body }
}

type OpenedLink = { sha256: string; browserSha256: string | undefined }

async function findLinkFault(
  row: PersonRow,
  opened: OpenedLink,
  { people, now }: Pick<Dependencies, 'people' | 'now'>,
): Promise<LinkFault | undefined> {
  const link = row.links.find(({ sha256 }) => isSameHash(sha256, opened.sha256))
  if (!link || row.person.status === 'disabled' || !(await people.isHolderCurrent(row))) return 'unknown'
  if (link.expiresAt <= now().toISOString()) return 'expired'
  const { browserSha256 } = link
  if (browserSha256 !== undefined && !isSameHash(browserSha256, opened.browserSha256 ?? '')) return 'other-browser'
  return undefined
}

function toLinkRefusal(fault: LinkFault): Refusal {
  const [code, detail] = linkRefusals[fault]
  return new Refusal(code, detail)
}

const linkRefusals = {
  unknown: ['LINK_USED', 'This link was used, replaced by a newer one, or is incomplete. Ask for a new one.'],
  expired: ['LINK_EXPIRED', 'This link has expired. Ask for a new one.'],
  'other-browser': [
    'LINK_OTHER_BROWSER',
    'Open this link in the browser in which you asked for it, or ask for a new one in this browser.',
  ],
} as const satisfies { [fault in LinkFault]: readonly [ProblemCode, string] }

export const handler = defineHandler(route, signIn)
