import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

export type Sealer = ReturnType<typeof createSealer>

/** Encrypts secrets that must be read back (AES-256-GCM), bound to the name of their owner. */
export function createSealer(key: Uint8Array) {
  return {
    seal(name: string, secret: string): string {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes }).setAAD(Buffer.from(name))
      const ciphertext = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]).toString('base64')
    },

    /** @throws Error if the envelope was altered, or sealed for another name or with another key. */
    open(name: string, envelope: string): string {
      const bytes = Buffer.from(envelope, 'base64')
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
        .setAAD(Buffer.from(name))
        .setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
      return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]).toString('utf8')
    },
  }
}

const nonceBytes = 12
const tagBytes = 16
