import type { Seen } from '../../store/catalog/records.ts'

/** The version that an `If-Match` header asks for. */
export function seenVersion(ifMatch: string | undefined): Seen {
  if (ifMatch === undefined) return undefined
  return ifMatch === '*' ? 'any' : Number(ifMatch.replaceAll('"', ''))
}

export function etagOf(version: number): { etag: string } {
  return { etag: `"${version}"` }
}
