import { withdrawConsent as route } from '#shared/contract/aftercare/withdrawal.ts'
import { invalidFields } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { contactFaults, normaliseEmail, normalisePhone } from '#shared/domain/capture/contact.ts'
import { type Request, serve } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { sourceOf } from './source-of.ts'

type Needs = Pick<Dependencies, 'records' | 'suppressions' | 'digests' | 'now'>

/** Notes that a person withdraws consent. Routing and delivery look before they hand anything over. */
export async function withdrawConsent(request: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const { principal, body } = request
  await sourceOf(principal, request, needs)
  const email = body.email && normaliseEmail(body.email)
  const phone = body.phone && normalisePhone(body.phone)
  const errors = [
    ...(body.email && !email ? [contactFaults.email] : []),
    ...(body.phone && !phone ? [contactFaults.phone] : []),
  ]
  if (errors.length > 0) throw invalidFields(errors.map(({ field, ...fault }) => ({ pointer: `/${field}`, ...fault })))
  const digests = needs.digests.ofPerson({ email: email ?? '', phone: phone ?? '' })
  const withdrawnAt = needs.now().toISOString()
  await needs.suppressions.add([...(email ? [digests.email] : []), ...(phone ? [digests.phone] : [])], withdrawnAt)
  return { status: 202, body: { withdrawnAt } }
}

export const handler = serve(route, withdrawConsent)
