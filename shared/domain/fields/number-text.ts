/**
 * The number in a text as people type it: digits of any keyboard, a decimal comma, or invisible marks around it;
 * undefined if it is none. Also runs in browsers without the `v` flag of regular expressions.
 */
export function parseNumberText(text: string): number | undefined {
  const typed = text
    .normalize('NFKC')
    .replace(/[\p{Cf}\s]+/gu, ' ')
    .trim()
    .replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) % 16))
    .replace('٫', '.')
    // A decimal comma has one or two digits behind it; three would be thousands.
    .replace(/^(\d*),(\d{1,2})$/, '$1.$2')
  return /^[+-]?(?:\d{1,9}(?:\.\d{0,9})?|\.\d{1,9})$/.test(typed) ? Number(typed) : undefined
}
