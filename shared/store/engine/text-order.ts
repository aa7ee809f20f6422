/** Orders strings by their UTF-8 bytes, as both engines do. JavaScript's `<` goes by UTF-16 units and differs beyond U+FFFF. */
export function compareText(a: string, b: string) {
  if (a === b) return 0
  if (surrogate.test(a) || surrogate.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b))
  return a < b ? -1 : 1
}

/** Returns the first string after all that start with `prefix`; undefined if there is none. */
export function getPrefixEnd(prefix: string) {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0)
  while (points.at(-1) === lastPoint) points.pop()
  const last = points.pop()
  if (last === undefined) return undefined
  return String.fromCodePoint(...points, last + 1 === firstSurrogate ? afterSurrogates : last + 1)
}

const surrogate = /[\uD800-\uDFFF]/
const lastPoint = 0x10ffff
const firstSurrogate = 0xd800
const afterSurrogates = 0xe000
