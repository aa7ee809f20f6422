import type { submitLead as route } from '#shared/contract/capture/capture.ts'
import type { Trace } from '#shared/domain/capture/abuse.ts'
import type { Contact } from '#shared/domain/capture/contact.ts'
import { isDisposableEmail } from '#shared/domain/capture/disposable-email.ts'
import { turnstileOf } from '#shared/domain/capture/source.ts'
import type { Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { readFormToken } from './read-form-token.ts'
import type { KnownSource } from './source-of.ts'

type Needs = Pick<Dependencies, 'tokens' | 'now' | 'askTurnstile' | 'sealer'>
type Sent = Pick<Request<typeof route>, 'body' | 'principal' | 'ip'>
/** `form`: what this form is known by on every retry. */
type Known = { source: KnownSource; contact: Contact; form: string }

/** How a lead came in. A publisher's server has no form of ours to show, and answers for its visitors itself. */
export async function traceLead({ body, principal, ip }: Sent, known: Known, needs: Needs): Promise<Trace> {
  const { source, contact, form } = known
  const fromPage = principal.scope === 'form'
  const { formToken, website = '', turnstileToken: token } = 'matchId' in body ? body : unsent
  const asked = fromPage && source.turnstile
  const passed = () => (token ? needs.askTurnstile({ token, ip, form, ...ownSecret(source, needs) }) : ('bot' as const))
  return {
    contact,
    disposable: isDisposableEmail(contact.email),
    honeypot: website,
    token: await readFormToken(formToken, source.id, needs),
    tokenOwed: fromPage && source.formToken === 'required',
    human: asked ? await passed() : 'unasked',
  }
}

function ownSecret({ id, sealed }: KnownSource, { sealer }: Pick<Needs, 'sealer'>) {
  return sealed?.turnstile === undefined ? {} : { secret: sealer.open(turnstileOf(id), sealed.turnstile) }
}

const unsent = { formToken: undefined, website: undefined, turnstileToken: undefined }
