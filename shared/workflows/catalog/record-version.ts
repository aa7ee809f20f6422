import type { ExpectedVersion } from '../../store/catalog/record-store.ts'

/** Returns the version that an `If-Match` header requires. */
export function parseIfMatch(ifMatch: string | undefined): ExpectedVersion {
  if (ifMatch === undefined) return undefined
  return ifMatch === '*' ? 'any' : Number(ifMatch.replaceAll('"', ''))
}

/** Returns the ETag header of a record: its version. */
export function toEtagHeader(version: number): { etag: string } {
  return { etag: `"${version}"` }
}
