/** 128 random bits in hex. `crypto.randomUUID` does not exist on pages without TLS. */
export function createIdempotencyKey(): string {
  return randomHex(16)
}

export function randomHex(bytes: number): string {
  return toHex(crypto.getRandomValues(new Uint8Array(bytes)))
}

/** SHA-256 of a text in UTF-8; undefined on pages without TLS, which have no Web Crypto. */
export async function sha256(text: string): Promise<string | undefined> {
  const { subtle }: { subtle?: typeof crypto.subtle } = crypto
  return subtle && toHex(new Uint8Array(await subtle.digest('SHA-256', new TextEncoder().encode(text))))
}

function toHex(bytes: Uint8Array): string {
  // Prototype.js has an `Array.from` of its own, which ignores the function.
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
