import { sha256 } from './digests.ts'

/** `pk`: publishable, for landing pages. `sk`: secret, for schools. `ok`: secret, for staff. */
export type KeyPrefix = 'pk' | 'sk' | 'ok'

/** Creates a key of 256 random bits with a checksum, so that a mistyped key is detected without a look-up. */
export function newAccessKey(prefix: KeyPrefix, randomBytes: (count: number) => Uint8Array): string {
  const secret = Buffer.from(randomBytes(32)).toString('base64url')
  return `${prefix}_${secret}${checksum(`${prefix}_${secret}`)}`
}

export function isAccessKey(text: string): boolean {
  return (
    /^(pk|sk|ok)_[A-Za-z0-9_-]{49}$/.test(text) &&
    checksum(text.slice(0, -checksumLength)) === text.slice(-checksumLength)
  )
}

const checksumLength = 6
function checksum(text: string): string {
  return sha256(text).slice(0, checksumLength)
}
