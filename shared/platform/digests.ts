import { createHash, createHmac, createSecretKey } from 'node:crypto'

export type Digests = ReturnType<typeof createDigests>

/** Keyed hashes (HMAC) that recognize a person or a body but do not reveal them. */
export function createDigests(pepper: Uint8Array) {
  // Imported once, because importing the key is a third of the cost of an HMAC.
  const key = createSecretKey(pepper)
  const hmac = (kind: string, value: string) => createHmac('sha256', key).update(`${kind}:${value}`).digest('base64url')
  return {
    /** Of the normalized email, of the phone, and of both together. */
    hashPerson: ({ email, phone }: { email: string; phone: string }) => ({
      email: hmac('email', email),
      phone: hmac('phone', phone),
      both: hmac('both', `${email} ${phone}`),
    }),
    /** Of an address block (`address-block.ts`). */
    hashAddressBlock: (block: string) => hmac('address', block),
    hashBody: (body: unknown) => hmac('body', JSON.stringify(body)),
    /** Of a secret or a personal value in an audit entry. */
    hashAuditValue: (value: string) => hmac('audit', value),
    hashIdempotencyKey: (key: string) => hmac('idempotency', key),
  }
}

/** SHA-256 in hexadecimal, the stored form of consent texts and keys. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
