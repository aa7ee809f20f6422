import { createHmac, createSecretKey, hash, timingSafeEqual } from 'node:crypto'
import { toCanonicalJson } from '../domain/canonical-json.ts'

export type Digests = ReturnType<typeof createDigests>
/** A normalized email, a phone in E.164, or both. */
type Identifiers = { email?: string | undefined; phone?: string | undefined }

/** Keyed hashes (HMAC) that recognize a person or a body but do not reveal them. */
export function createDigests(pepper: Uint8Array) {
  // Imported once, because importing the key is a third of the cost of an HMAC.
  const key = createSecretKey(pepper)
  const hmac = (kind: string, value: string) => createHmac('sha256', key).update(`${kind}:${value}`).digest('base64url')
  return {
    /** Of the normalized email, of the phone, and of both together: those of dedupe markers. */
    hashPerson: ({ email, phone }: { email: string; phone: string }) => ({
      email: hmac('email', email),
      phone: hmac('phone', phone),
      both: hmac('both', `${email} ${phone}`),
    }),
    /** The digests under which leads and suppressions of a person are stored. A list of hashes has the same. */
    listPersonDigests: (identifiers: Identifiers) =>
      listValues(identifiers).map((value) => hmac('sha256', sha256(value))),
    /** The digests under which rows of a person may be: those of today, and those of an earlier version. */
    listStoredDigests: (identifiers: Identifiers) => [
      ...listValues(identifiers).map((value) => hmac('sha256', sha256(value))),
      ...(identifiers.email === undefined ? [] : [hmac('email', identifiers.email)]),
      ...(identifiers.phone === undefined ? [] : [hmac('phone', identifiers.phone)]),
    ],
    /** The digest of a person of whom only the SHA-256 of an email or phone is known. */
    hashSha256: (hex: string) => hmac('sha256', hex),
    /** Signs the ID in a link that anyone who has it may use, such as that by which a visitor withdraws consent. */
    signLink: (id: string) => hmac('link', id),
    isLinkSignature: (id: string, signature: string) => {
      const [expected, actual] = [Buffer.from(hmac('link', id)), Buffer.from(signature)]
      return expected.length === actual.length && timingSafeEqual(expected, actual)
    },
    /** Of an address block (`address-block.ts`). */
    hashAddressBlock: (block: string) => hmac('address', block),
    /** The same for bodies that mean the same, whatever the order of their members. */
    hashBody: (body: unknown) => hmac('body', toCanonicalJson(body)),
    /** Of a secret or a personal value in an audit entry. */
    hashAuditValue: (value: string) => hmac('audit', value),
    /** Of the email by which a person signs in. */
    hashSignInEmail: (email: string) => hmac('sign-in', email.toLowerCase()),
    hashIdempotencyKey: (key: string) => hmac('idempotency', key),
  }
}

function listValues({ email, phone }: Identifiers): string[] {
  return [email, phone].flatMap((value) => value ?? [])
}

/** Compares secrets in a time that does not tell where they differ. */
export function isSameSecret(one: string, other: string): boolean {
  return timingSafeEqual(hash('sha256', one, 'buffer'), hash('sha256', other, 'buffer'))
}

/** HMAC-SHA256 in hexadecimal, as vendors sign their webhooks. */
export function signWithSecret(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('hex')
}

/** SHA-256 in hexadecimal, the stored form of consent texts and keys. */
export function sha256(text: string): string {
  return hash('sha256', text)
}
