/** 128 random bits in hex. `crypto.randomUUID` does not exist on pages without TLS. */
export function createIdempotencyKey(): string {
  return randomHex(16)
}

export function randomHex(bytes: number): string {
  const values = crypto.getRandomValues(new Uint8Array(bytes))
  return Array.from(values, (value) => value.toString(16).padStart(2, '0')).join('')
}
