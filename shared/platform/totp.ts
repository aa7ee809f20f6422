import { createHmac, timingSafeEqual } from 'node:crypto'

/** Seconds that one code is shown (RFC 6238, section 5.2). */
export const totpStepSeconds = 30
/** SHA-1 and six digits, because authenticator apps know no others for certain. */
const digits = 6
/** A code of the step before or after is accepted too, because clocks of phones differ. */
const acceptedDrift = 1

/** The code of a step: HOTP (RFC 4226, section 5.3) of the number of steps since 1970 (RFC 6238). */
export function computeTotp(secret: Uint8Array, step: number, length = digits): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const hmac = createHmac('sha1', secret).update(counter).digest()
  const offset = (hmac.at(-1) ?? 0) & 0xf
  const number = hmac.readUInt32BE(offset) & 0x7f_ff_ff_ff
  return String(number % 10 ** length).padStart(length, '0')
}

/** Returns the step of a code that is valid now, and undefined for any other. The caller refuses a step that was used. */
export function findTotpStep(secret: Uint8Array, code: string, now: Date): number | undefined {
  const current = Math.floor(now.getTime() / 1000 / totpStepSeconds)
  const steps = Array.from({ length: 2 * acceptedDrift + 1 }, (_, index) => current - acceptedDrift + index)
  return steps.findLast((step) => {
    const [expected, actual] = [Buffer.from(computeTotp(secret, step)), Buffer.from(code)]
    return expected.length === actual.length && timingSafeEqual(expected, actual)
  })
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Base32 (RFC 4648, section 6) without padding, as people type it. */
export function toBase32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map((part) => alphabet[Number.parseInt(part.padEnd(5, '0'), 2)]).join('')
}

/** The address that an authenticator app reads from a QR code (Key Uri Format of Google Authenticator). */
export function formatTotpUri({ secret, account, issuer }: { secret: Uint8Array; account: string; issuer: string }) {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`
  return `otpauth://totp/${label}?secret=${toBase32(secret)}&issuer=${encodeURIComponent(issuer)}&digits=${digits}&period=${totpStepSeconds}`
}
