const commonDomains = [
  'gmail.com',
  'yahoo.com',
  'hotmail.com',
  'outlook.com',
  'icloud.com',
  'aol.com',
  'comcast.net',
  'live.com',
  'msn.com',
]
/** Providers whose names are one letter away from a common one. */
const realDomains = new Set([
  'mail.com',
  'ymail.com',
  'email.com',
  'aim.com',
  'love.com',
  'olive.com',
  'gmx.com',
  'me.com',
])

/** The address that was probably meant, such as `ada@gmail.com` for `ada@gamil.com`; undefined if it looks right. */
export function suggestEmail(email: string): string | undefined {
  const [, name, domain = ''] = /^\s*([^\s@]+)@([^\s@]+\.[^\s@]+)\s*$/.exec(email.toLowerCase()) ?? []
  if (name === undefined || commonDomains.includes(domain) || realDomains.has(domain)) return undefined
  const meant =
    commonDomains.find((common) => countEdits(common, domain) <= (common.length < 10 ? 1 : 2)) ??
    domain.replace(/\.(con|cmo|cpm|vom|comm|co,|ocm)$/, '.com')
  return meant === domain ? undefined : `${name}@${meant}`
}

/** Letters to insert, remove, replace or swap with their neighbor. */
function countEdits(one: string, other: string): number {
  let [beforeLast, last]: number[][] = [[], Array.from({ length: other.length + 1 }, (_, index) => index)]
  for (let row = 1; row <= one.length; row++) {
    const current = [row]
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1]
      const isSwap = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      current[column] = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (isSame ? 0 : 1),
        isSwap ? at(beforeLast, column - 2) + 1 : Number.POSITIVE_INFINITY,
      )
    }
    ;[beforeLast, last] = [last, current]
  }
  return at(last, other.length)
}

function at(counts: number[] | undefined, index: number): number {
  return counts?.[index] ?? Number.POSITIVE_INFINITY
}
