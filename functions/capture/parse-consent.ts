import type { submitLead as route } from '#shared/contract/capture/capture.ts'
import { invalidFields } from '#shared/contract/problems.ts'
import type { Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { ConsentInput } from './consent-input.ts'
import { parseMatchConsent } from './parse-match-consent.ts'
import { parseOwnConsent } from './parse-own-consent.ts'

type ParseConsentDependencies = Pick<Dependencies, 'catalog' | 'records' | 'tokens' | 'now'>
type ConsentRequest = Pick<Request<typeof route>, 'body' | 'headers' | 'principal' | 'ip'>

/** What was agreed to: our own text of a match, or the text of a publisher who may show one. */
export async function parseConsent(
  { body, headers, principal, ip }: ConsentRequest,
  deps: ParseConsentDependencies,
): Promise<ConsentInput> {
  // What a server sends comes from its own address, which says nothing of the visitor's.
  const client = principal.scope === 'form' ? { ip, userAgent: headers['user-agent'] } : unknownClient
  if ('matchId' in body) return { ...(await parseMatchConsent(body, deps)), ...client }
  if (principal.scope === 'form') throw invalidFields([missingMatchId])
  return parseOwnConsent(body, deps)
}

const unknownClient = { ip: undefined, userAgent: undefined }
const missingMatchId = {
  pointer: '/matchId',
  code: 'required',
  detail:
    'is required from a landing page: ask /v1/matches and show its consent text. ' +
    'Only a server with a secret key may show a text of its own',
}
