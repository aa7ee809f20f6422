import type { submitLead as route } from '#shared/contract/capture/capture.ts'
import type { Contact } from '#shared/domain/capture/contact.ts'
import { isDisposableEmail } from '#shared/domain/capture/disposable-email.ts'
import { turnstileSecretContext } from '#shared/domain/capture/source.ts'
import type { SubmissionSignals } from '#shared/domain/capture/spam-rules.ts'
import type { Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { readFormToken } from './read-form-token.ts'
import type { ResolvedSource } from './resolve-source.ts'

type CollectSignalsDependencies = Pick<Dependencies, 'tokens' | 'now' | 'askTurnstile' | 'sealer'>
type SignalsRequest = Pick<Request<typeof route>, 'body' | 'principal' | 'ip'>
/** `form`: what this form is known by on every retry. */
type SignalsContext = { source: ResolvedSource; contact: Contact; form: string }

/** How a lead came in. A publisher's server has no form of ours to show, and answers for its visitors itself. */
export async function collectSignals(
  { body, principal, ip }: SignalsRequest,
  context: SignalsContext,
  deps: CollectSignalsDependencies,
): Promise<SubmissionSignals> {
  const { source, contact, form } = context
  const isFromPage = principal.scope === 'form'
  const { formToken, website = '', turnstileToken } = 'matchId' in body ? body : noFormFields
  const isTurnstileRequired = isFromPage && source.turnstile
  const verifyTurnstile = () =>
    turnstileToken
      ? deps.askTurnstile({ token: turnstileToken, ip, form, ...findOwnSecret(source, deps) })
      : ('bot' as const)
  return {
    contact,
    hasDisposableEmail: isDisposableEmail(contact.email),
    honeypot: website,
    formToken: await readFormToken(formToken, source.id, deps),
    isTokenRequired: isFromPage && source.formToken === 'required',
    turnstile: isTurnstileRequired ? await verifyTurnstile() : 'unasked',
  }
}

function findOwnSecret({ id, sealed }: ResolvedSource, { sealer }: Pick<CollectSignalsDependencies, 'sealer'>) {
  return sealed?.turnstile === undefined ? {} : { secret: sealer.open(turnstileSecretContext(id), sealed.turnstile) }
}

const noFormFields = { formToken: undefined, website: undefined, turnstileToken: undefined }
