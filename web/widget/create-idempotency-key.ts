/** 128 random bits. `crypto.randomUUID` is missing from pages without TLS. */
export function createIdempotencyKey(): string {
  return randomHex(16)
}

export function randomHex(bytes: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  )
}
