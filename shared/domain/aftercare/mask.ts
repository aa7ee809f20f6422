import { addressBlock } from '../capture/address-block.ts'
import type { Contact } from '../capture/contact.ts'

/** What stands where something was that is somebody's. */
export const maskCharacter = '…'

/** Enough to tell people of one list apart, and too little to reach anybody. */
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

/** Of an address on the internet its block: the last part of four, or of an IPv6 all but the first three groups. */
export function maskIp(ip: string): string {
  const block = addressBlock(ip)
  return block.includes(':')
    ? `${block.split(':').slice(0, 3).join(':')}:${maskCharacter}`
    : block.replace(/\d+$/, maskCharacter)
}

/** A page without what may follow its path: links in e-mails and forms put people's data there. */
export function maskUrl(url: string): string {
  const [path = ''] = url.split(/[?#]/)
  return path === url ? url : `${path}?${maskCharacter}`
}

/** Labels that a page took from its address. What has the look of an e-mail address or a phone number is masked. */
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
