import { parsePhoneNumberFromString } from 'libphonenumber-js/core'
import { cleanToken } from './clean-text.ts'
import { northAmericanPlan } from './north-american-plan.ts'

/**
 * In E.164, without an extension; the United States if no country is said. A number of the North American plan whose area
 * code the bundled metadata does not know is one, too, because area codes are added every year. Of other countries only
 * the length is checked: no school may call there, and the metadata of all countries would weigh 80 kB in each Lambda.
 */
export function normalizePhone(value: string): string | undefined {
  const text = cleanToken(value)
  const spelled = respell(text)
  return parseNumber(text) ?? parseNumber(spelled) ?? parseForeignNumber(spelled) ?? parseNumber(toDigits(text))
}

function parseNumber(text: string): string | undefined {
  const phone = parsePhoneNumberFromString(text, 'US', northAmericanPlan)
  return phone && (phone.isValid() || northAmerican.test(phone.number)) ? phone.number : undefined
}

/** A number with another country code. It has 8 to 15 digits, and a zero in parentheses is dialed only within the country. */
function parseForeignNumber(text: string): string | undefined {
  const number = text.replace(/\(0\)/, '').replace(/[ ()./-]/g, '')
  return /^\+[2-9]\d{7,14}$/.test(number) ? number : undefined
}

/**
 * A number as people and programs spell it that the parser does not read: with signs other than hyphens between its
 * digits, `00`, `011` or `+01` in front, `+1 (0)`, a zero before the area code, or as the decimal number of a spreadsheet.
 */
function respell(text: string): string {
  const spaced = text
    .normalize('NFKC')
    .replace(/^(\d{10,11})\.0$/, '$1')
    .replace(/^(\d)\.(\d{9,10})e\+?0?\d{1,2}$/i, '$1$2')
    .replace(/[^\p{L}\p{N}+()#;,./-]+/gu, ' ')
    .trim()
  return spaced
    .replace(/^[+ ]*\+/, '+')
    .replace(/(?!^)\+/g, ' ')
    .replace(/^(\+?1) ?\(0\)/, '$1')
    .replace(/^(?:\+ ?0+|00|011)(?=[ (-]*[1-9])/, '+')
    .replace(/^0(?=\D*[2-9]\d{2}\D*\d{3}\D*\d{4}$)/, '')
}

/** A number that is spelled as a word, such as 512-SUE-ADAM, in the digits of the keys. */
function toDigits(text: string): string {
  const compact = text.replace(/[\s().+-]/g, '').toUpperCase()
  if (!/^1?[2-9]\d{2}(?=\d*[A-Z]{3})[0-9A-Z]{7}$/.test(compact)) return ''
  return compact.replace(/[A-Z]/g, (letter) => String(2 + keys.findIndex((key) => key.includes(letter))))
}

const keys = ['ABC', 'DEF', 'GHI', 'JKL', 'MNO', 'PQRS', 'TUV', 'WXYZ']

export type PhoneFault = 'toll_free_phone' | 'premium_phone' | 'foreign_phone'

/** Why a school cannot call a visitor at a number in E.164. */
export function findPhoneFault(phone: string): PhoneFault | undefined {
  if (tollFree.test(phone)) return 'toll_free_phone'
  if (premium.test(phone)) return 'premium_phone'
  const { countryCallingCode, country } = parsePhoneNumberFromString(phone, northAmericanPlan) ?? {}
  // An area code that the metadata does not know has no country yet.
  const isOfUnitedStates = countryCallingCode === '1' && (country === undefined || ofUnitedStates.has(country))
  return isOfUnitedStates ? undefined : 'foreign_phone'
}

/** Whether the bundled metadata knows a number in E.164. */
export function isKnownPhone(phone: string): boolean {
  return parsePhoneNumberFromString(phone, northAmericanPlan)?.isValid() ?? false
}

// Area codes and exchanges begin with 2 to 9 and do not end in 11; area codes have no 9 in the middle.
const northAmerican = /^\+1(?!\d11)[2-9][0-8]\d(?!\d11)[2-9]\d{6}$/
const tollFree = /^\+18(?:00|22|33|44|55|66|77|88)/
const premium = /^\+1900/
const ofUnitedStates = new Set(['US', 'PR', 'GU', 'VI', 'AS', 'MP'])
