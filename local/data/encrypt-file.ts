import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { closeSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs'
import { basename } from 'node:path'
import { StartupError } from '../startup-error.ts'

export const encryptedSuffix = '.enc'

/** The file is: magic, salt, nonce, ciphertext (AES-256-GCM), tag. The name of the file is authenticated too. */
const magic = Buffer.from('PROSPECTUS1')
const saltBytes = 16
const nonceBytes = 12
const tagBytes = 16
const headBytes = magic.length + saltBytes + nonceBytes
const chunkBytes = 1024 * 1024

/** Encrypts a file to another one, in chunks, so that its size does not matter. `key`: at least 32 random characters. */
export function encryptFile(from: string, to: string, key: string): void {
  const [salt, nonce] = [randomBytes(saltBytes), randomBytes(nonceBytes)]
  const cipher = createCipheriv('aes-256-gcm', deriveKey(key, salt), nonce).setAAD(Buffer.from(basename(from)))
  copy(from, to, (read, write) => {
    write(Buffer.concat([magic, salt, nonce]))
    for (let position = 0; ; ) {
      const chunk = read(position, chunkBytes)
      if (chunk.length === 0) break
      write(cipher.update(chunk))
      position += chunk.length
    }
    write(cipher.final())
    write(cipher.getAuthTag())
  })
}

/** Decrypts a file. @throws StartupError if it was encrypted with another key, or is damaged; then `to` is worth nothing */
export function decryptFile(from: string, to: string, key: string): void {
  const fault = new StartupError(
    `${from} is damaged, or was encrypted with another key than the one in BACKUP_KEY_FILE.`,
  )
  copy(from, to, (read, write, size) => {
    const head = read(0, headBytes)
    if (size < headBytes + tagBytes || !head.subarray(0, magic.length).equals(magic)) throw fault
    const salt = head.subarray(magic.length, magic.length + saltBytes)
    const decipher = createDecipheriv('aes-256-gcm', deriveKey(key, salt), head.subarray(magic.length + saltBytes))
      .setAAD(Buffer.from(basename(to)))
      .setAuthTag(read(size - tagBytes, tagBytes))
    for (let position = headBytes; position < size - tagBytes; ) {
      const chunk = read(position, Math.min(chunkBytes, size - tagBytes - position))
      write(decipher.update(chunk))
      position += chunk.length
    }
    try {
      decipher.final()
    } catch {
      throw fault
    }
  })
}

type Read = (position: number, bytes: number) => Buffer
function copy(from: string, to: string, work: (read: Read, write: (bytes: Buffer) => void, size: number) => void) {
  const source = openSync(from, 'r')
  const target = openSync(to, 'wx', 0o600)
  try {
    const read: Read = (position, bytes) => {
      const buffer = Buffer.alloc(bytes)
      return buffer.subarray(0, readSync(source, buffer, 0, bytes, position))
    }
    const write = (bytes: Buffer) => {
      for (let offset = 0; offset < bytes.length; ) offset += writeSync(target, bytes, offset)
    }
    work(read, write, fstatSync(source).size)
    fsyncSync(target)
  } finally {
    closeSync(source)
    closeSync(target)
  }
}

function deriveKey(key: string, salt: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key, salt, 'prospectus/backup', 32))
}
