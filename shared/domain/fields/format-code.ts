/** A code as words: `classTime` and `class-time` are `Class time`. Other text stays as it is. */
export function formatCode(code: string): string {
  if (!/^[a-z][a-zA-Z0-9]*(-[a-z0-9]+)*$/.test(code)) return code
  const words = code
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll('-', ' ')
    .toLowerCase()
  if (acronyms.has(words)) return words.toUpperCase()
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}

const acronyms = new Set(['gpa', 'ged'])
