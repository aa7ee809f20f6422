import { cleanToken } from './clean-text.ts'

/**
 * The five digits of a ZIP code, with or without the four of ZIP+4, however it is spelled: with a state or country before
 * or after it, quotes, the rest of an input mask, other digits, or as the decimal number of a spreadsheet. Any other text
 * as it is, without what is invisible.
 */
export function normalizeZip(value: string): string {
  const text = cleanToken(value).normalize('NFKC').trim()
  if (/^\d{5}$/.test(text)) return text
  const code = text
    .replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) % 16))
    .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
    .replace(/^(?:US|USA|ZIP|[A-Z]{2})[\s:-]*(?=\d)|(?<=\d)[\s,-]*(?:US|USA|[A-Z]{2})$/gi, '')
    .replace(/^(\d{5})\.0$/, '$1')
  return /^(\d{5})(?:[\s\p{Pd}\u2212]*\d{4})?$/u.exec(code)?.[1] ?? text
}
