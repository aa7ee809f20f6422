import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'

export type Sealer = ReturnType<typeof createSealer>

/**
 * Encrypts secrets that must be read back (AES-256-GCM), bound to the name of their owner. Long ones are compressed first,
 * which gives nothing away: no caller sees how long an envelope is.
 */
export function createSealer(keyBytes: Uint8Array) {
  // Imported once, because importing the key costs more than the encryption.
  const key = createSecretKey(keyBytes)
  return {
    seal(name: string, secret: string): string {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes }).setAAD(Buffer.from(name))
      const isLong = secret.length >= minCompressedLength
      const ciphertext = Buffer.concat([cipher.update(isLong ? gzipSync(secret) : Buffer.from(secret)), cipher.final()])
      const envelope = Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]).toString('base64')
      return isLong ? `${compressedPrefix}${envelope}` : envelope
    },

    /** @throws Error if the envelope was altered, or sealed for another name or with another key. */
    open(name: string, envelope: string): string {
      const isCompressed = envelope.startsWith(compressedPrefix)
      const bytes = Buffer.from(isCompressed ? envelope.slice(compressedPrefix.length) : envelope, 'base64')
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
        .setAAD(Buffer.from(name))
        .setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
      const content = Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()])
      return (isCompressed ? gunzipSync(content) : content).toString('utf8')
    },
  }
}

const minCompressedLength = 512
/** Of an envelope whose content is compressed. Base64 has no dot. */
const compressedPrefix = 'gz.'
const nonceBytes = 12
const tagBytes = 16
