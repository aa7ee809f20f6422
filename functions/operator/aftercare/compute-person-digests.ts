import { invalidFields } from '#shared/contract/problems.ts'
import { contactErrors, normalizeEmail, normalizePhone } from '#shared/domain/capture/contact.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type PersonIdentifiers = { email?: string | undefined; phone?: string | undefined }

/** Returns the HMACs by which a person is found: of the email, of the phone, or of both. @throws Refusal if one is not valid */
export function computePersonDigests(
  identifiers: PersonIdentifiers,
  { digests }: Pick<Dependencies, 'digests'>,
): string[] {
  const email = identifiers.email === undefined ? '' : normalizeEmail(identifiers.email)
  const phone = identifiers.phone === undefined ? '' : normalizePhone(identifiers.phone)
  if (email === undefined) throw invalidField(contactErrors.email)
  if (phone === undefined) throw invalidField(contactErrors.phone)
  const personDigests = digests.hashPerson({ email, phone })
  return [
    ...(identifiers.email === undefined ? [] : [personDigests.email]),
    ...(identifiers.phone === undefined ? [] : [personDigests.phone]),
  ]
}

function invalidField({ field, ...fault }: (typeof contactErrors)['email' | 'phone']) {
  return invalidFields([{ pointer: `/${field}`, ...fault }])
}
