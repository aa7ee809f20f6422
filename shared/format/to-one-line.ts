/** Without line breaks and control characters a value can start no header, and no line that looks like another's. */
export function toOneLine(value: string): string {
  return value.replace(/[\p{Cc}\p{Zl}\p{Zp}\u200E\u200F\u202A-\u202E\u2066-\u2069\s]+/gu, ' ').trim()
}
