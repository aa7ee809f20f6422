import { addressBlock } from '../capture/address-block.ts'
import type { Contact } from '../capture/contact.ts'
import type { Attempt } from '../delivery/delivery.ts'

/** Replaces masked text. */
export const maskCharacter = '…'

/** Keeps enough to tell people in a list apart, and too little to contact them. */
export function maskContact<MaskableContact extends Omit<Contact, 'state'>>(contact: MaskableContact): MaskableContact {
  const { firstName, lastName, email, phone } = contact
  const [, domain = ''] = email.split('@')
  return {
    ...contact,
    firstName: initial(firstName),
    lastName: initial(lastName),
    email: `${initial(email)}@${domain}`,
    phone: `${maskCharacter}${phone.slice(-2)}`,
  }
}

/**
 * Removes what an attempt quotes of the school's system, which may have repeated contact details in a form that the
 * redaction of responses does not know.
 */
export function maskAttempt({ response: _, reference: __, reason, ...attempt }: Attempt): Attempt {
  return { ...attempt, ...(reason !== undefined && attempt.stage !== 'answered' && { reason }) }
}

/** Masks the last part of an IPv4 address, or all but the first three groups of an IPv6 address. */
export function maskIp(ip: string): string {
  const block = addressBlock(ip)
  return block.includes(':')
    ? `${block.split(':').slice(0, 3).join(':')}:${maskCharacter}`
    : block.replace(/\d+$/, maskCharacter)
}

/** Masks the query and fragment of a URL: links in emails and forms put personal data there. */
export function maskUrl(url: string): string {
  const [path = ''] = url.split(/[?#]/)
  return path === url ? url : `${path}?${maskCharacter}`
}

/** Masks values of sub IDs and UTM parameters that look like an email address or a phone number. */
export function maskLabels<Labels extends { [name: string]: string } | undefined>(labels: Labels): Labels {
  if (labels === undefined) return labels
  return { ...labels, ...Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, maskLabel(value)])) }
}

function maskLabel(value: string): string {
  return value.includes('@') || value.replace(/\D/g, '').length >= 7 ? maskCharacter : value
}

function initial(text: string): string {
  return `${[...text].slice(0, 1).join('')}${maskCharacter}`
}
