import { invalidFields } from '../../contract/problems.ts'
import { contactErrors } from '../../domain/capture/contact.ts'
import { normalizeEmail } from '../../domain/fields/email.ts'
import { normalizePhone } from '../../domain/fields/phone.ts'

type Identifiers = { email?: string | undefined; phone?: string | undefined }

/** Returns the email in lower case and the phone in E.164. @throws Refusal with a pointer to each that is not valid */
export function parseIdentifiers({ email, phone }: Identifiers): Identifiers {
  const identifiers = {
    email: email === undefined ? undefined : normalizeEmail(email),
    phone: phone === undefined ? undefined : normalizePhone(phone),
  }
  const errors = [
    ...(email !== undefined && identifiers.email === undefined ? [contactErrors.email] : []),
    ...(phone !== undefined && identifiers.phone === undefined ? [contactErrors.phone] : []),
  ]
  if (errors.length > 0) throw invalidFields(errors.map(({ field, ...fault }) => ({ pointer: `/${field}`, ...fault })))
  return identifiers
}
