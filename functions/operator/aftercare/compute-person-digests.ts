import type { Dependencies } from '#shared/platform/dependencies.ts'
import { parseIdentifiers } from '#shared/workflows/aftercare/parse-identifiers.ts'

type PersonIdentifiers = { email?: string | undefined; phone?: string | undefined }

/** Returns the HMACs by which a person is found: of the email, of the phone, or of both. @throws Refusal if one is not valid */
export function computePersonDigests(
  identifiers: PersonIdentifiers,
  { digests }: Pick<Dependencies, 'digests'>,
): string[] {
  const { email, phone } = parseIdentifiers(identifiers)
  const personDigests = digests.hashPerson({ email: email ?? '', phone: phone ?? '' })
  return [...(email === undefined ? [] : [personDigests.email]), ...(phone === undefined ? [] : [personDigests.phone])]
}
