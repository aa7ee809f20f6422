import type { submitLead as route } from '#shared/contract/capture/capture.ts'
import { invalidFields } from '#shared/contract/problems.ts'
import type { Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { Agreement } from './agreement.ts'
import { readMatch } from './read-match.ts'
import { readOwnConsent } from './read-own-consent.ts'

type Needs = Pick<Dependencies, 'catalog' | 'records' | 'tokens' | 'now'>
type Sent = Pick<Request<typeof route>, 'body' | 'headers' | 'principal' | 'ip'>

/** What was agreed to: our own text of a match, or the text of a publisher who may show one. */
export async function readAgreement({ body, headers, principal, ip }: Sent, needs: Needs): Promise<Agreement> {
  // What a server sends comes from its own address, which says nothing of the visitor's.
  const fromPage = principal.scope === 'form' ? { ip, userAgent: headers['user-agent'] } : unknown
  if ('matchId' in body) return { ...(await readMatch(body, needs)), ...fromPage }
  if (principal.scope === 'form') throw invalidFields([matchIdMissing])
  return readOwnConsent(body, needs)
}

const unknown = { ip: undefined, userAgent: undefined }
const matchIdMissing = {
  pointer: '/matchId',
  code: 'required',
  detail:
    'is required from a landing page: ask /v1/matches and show its consent text. ' +
    'Only a server with a secret key may show a text of its own',
}
