import { cleanToken } from './clean-text.ts'

/** The five digits of a ZIP code or ZIP+4, however it is spaced; any other text as it is, without what is invisible. */
export function normalizeZip(value: string): string {
  const code = cleanToken(value).normalize('NFKC').trim()
  return /^(\d{5})(?:[\s\p{Pd}\u2212]*\d{4})?$/u.exec(code)?.[1] ?? code
}
