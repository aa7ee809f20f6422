import { invalidFields } from '#shared/contract/problems.ts'
import { contactFaults, normaliseEmail, normalisePhone } from '#shared/domain/capture/contact.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type Given = { email?: string | undefined; phone?: string | undefined }

/** The HMACs by which a person is found: of the e-mail, of the phone, or of both. @throws Refusal where one is neither. */
export function digestsOfPerson(given: Given, { digests }: Pick<Dependencies, 'digests'>): string[] {
  const email = given.email === undefined ? '' : normaliseEmail(given.email)
  const phone = given.phone === undefined ? '' : normalisePhone(given.phone)
  if (email === undefined) throw refused(contactFaults.email)
  if (phone === undefined) throw refused(contactFaults.phone)
  const found = digests.ofPerson({ email, phone })
  return [...(given.email === undefined ? [] : [found.email]), ...(given.phone === undefined ? [] : [found.phone])]
}

function refused({ field, ...fault }: (typeof contactFaults)['email' | 'phone']) {
  return invalidFields([{ pointer: `/${field}`, ...fault }])
}
