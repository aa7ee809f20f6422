import type { ExpectedVersion } from '../../store/catalog/record-store.ts'

/** The version that an `If-Match` header asks for. */
export function parseIfMatch(ifMatch: string | undefined): ExpectedVersion {
  if (ifMatch === undefined) return undefined
  return ifMatch === '*' ? 'any' : Number(ifMatch.replaceAll('"', ''))
}

export function toEtagHeader(version: number): { etag: string } {
  return { etag: `"${version}"` }
}
