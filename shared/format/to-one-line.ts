/** Removes line breaks and control characters, so that a value cannot start a header or a line. */
export function toOneLine(value: string): string {
  return value.replace(/[\p{Cc}\p{Zl}\p{Zp}\u200E\u200F\u202A-\u202E\u2066-\u2069\s]+/gu, ' ').trim()
}
