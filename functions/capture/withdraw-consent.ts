import { withdrawConsent as route } from '#shared/contract/aftercare/withdrawal.ts'
import { invalidFields } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { contactErrors, normalizeEmail, normalizePhone } from '#shared/domain/capture/contact.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { resolveSource } from './resolve-source.ts'

type WithdrawConsentDependencies = Pick<Dependencies, 'records' | 'suppressions' | 'digests' | 'now'>

/** Records that a person withdraws consent. Routing and delivery check this before they send anything. */
export async function withdrawConsent(
  request: Request<typeof route>,
  deps: WithdrawConsentDependencies,
): Promise<Reply<typeof route>> {
  const { principal, body } = request
  await resolveSource(principal, request, deps)
  const email = body.email && normalizeEmail(body.email)
  const phone = body.phone && normalizePhone(body.phone)
  const errors = [
    ...(body.email && !email ? [contactErrors.email] : []),
    ...(body.phone && !phone ? [contactErrors.phone] : []),
  ]
  if (errors.length > 0) throw invalidFields(errors.map(({ field, ...fault }) => ({ pointer: `/${field}`, ...fault })))
  const digests = deps.digests.hashPerson({ email: email ?? '', phone: phone ?? '' })
  const withdrawnAt = deps.now().toISOString()
  await deps.suppressions.add([...(email ? [digests.email] : []), ...(phone ? [digests.phone] : [])], withdrawnAt)
  return { status: 202, body: { withdrawnAt } }
}

export const handler = defineHandler(route, withdrawConsent)
