import { normalizeEmail } from '../fields/email.ts'
import { phoneSentence } from '../fields/person-fields.ts'
import { findPhoneFault, normalizePhone, type PhoneFault } from '../fields/phone.ts'
import { listStatesOfZip } from './states-of-zip.ts'

export type Contact = { firstName: string; lastName: string; email: string; phone: string; zip: string; state: string }
type ContactInput = Omit<Contact, 'state'> & { state?: string | undefined }
export type ContactError = { field: keyof Contact; code: string; detail: string }

/**
 * One spelling per person: email in lower case, phone in E.164 (United States by default), and the state that was sent, or
 * else that of the ZIP code.
 */
export function normalizeContact(input: ContactInput): { contact: Contact } | { errors: ContactError[] } {
  const email = normalizeEmail(input.email)
  const phone = normalizePhone(input.phone)
  const phoneFault = phone && findPhoneFault(phone)
  const states = listStatesOfZip(input.zip)
  const state = input.state === undefined ? states[0] : states.find((one) => one === input.state)
  if (email && phone && !phoneFault && state)
    return { contact: { firstName: input.firstName, lastName: input.lastName, email, phone, zip: input.zip, state } }

  const errors: ContactError[] = []
  if (!email) errors.push(contactErrors.email)
  if (!phone) errors.push(contactErrors.phone)
  if (phoneFault) errors.push({ field: 'phone', code: phoneFault, detail: phoneFaultDetails[phoneFault] })
  if (states.length === 0) errors.push(zipError)
  else if (!state)
    errors.push({
      field: 'state',
      code: 'zip_not_in_state',
      detail: `must be the state of the ZIP code, which is ${states.join(' or ')}`,
    })
  return { errors }
}

export const contactErrors = {
  email: { field: 'email', code: 'invalid_email', detail: 'must be an email address, such as ada@mail.example' },
  phone: {
    field: 'phone',
    code: 'invalid_phone',
    detail: phoneSentence,
  },
} as const
export const zipError = {
  field: 'zip',
  code: 'unknown_zip',
  detail: 'must be a U.S. ZIP code',
} as const
const phoneFaultDetails: { [fault in PhoneFault]: string } = {
  toll_free_phone: "must be the visitor's own number, not a toll-free number",
  premium_phone: "must be the visitor's own number, not a premium-rate number",
  foreign_phone: 'must be a U.S. phone number',
}

/** The state of a ZIP code, by its first three digits and the known exceptions. */
export function stateOfZip(zip: string): string | undefined {
  return listStatesOfZip(zip)[0]
}
