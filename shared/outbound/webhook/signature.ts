import { Webhook } from 'standardwebhooks'

const prefix = 'whsec_'
const leastBytes = 24
const mostBytes = 64
const newBytes = 32

type Signed = { id: string; timestamp: Date; body: string; secrets: readonly string[] }

/**
 * The headers of Standard Webhooks, with one signature for each live secret, so that a school can change its secret
 * without missing a lead. @throws where there is no secret, or one is not sound.
 */
export function signatures({ id, timestamp, body, secrets }: Signed) {
  if (secrets.length === 0) throw new Error('A webhook cannot be sent unsigned: there is no live secret')
  const each = secrets.map((secret) => {
    const fault = faultOfSecret(secret)
    if (fault !== undefined) throw new Error(`A webhook secret is not sound: ${fault}`)
    return new Webhook(secret).sign(id, timestamp, body)
  })
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(timestamp.getTime() / 1000)),
    'webhook-signature': each.join(' '),
  }
}

/** Makes a secret of 32 random bytes. */
export function newWebhookSecret(randomBytes: (size: number) => Uint8Array): string {
  return prefix + Buffer.from(randomBytes(newBytes)).toString('base64')
}

/** Says what is wrong with a secret that a school gave: Standard Webhooks asks for 24 to 64 bytes in base64. */
export function faultOfSecret(secret: string): string | undefined {
  if (!secret.startsWith(prefix)) return `It must start with ${prefix}.`
  const encoded = secret.slice(prefix.length)
  const bytes = Buffer.from(encoded, 'base64')
  if (bytes.toString('base64') !== encoded) return `What follows ${prefix} must be base64.`
  if (bytes.length >= leastBytes && bytes.length <= mostBytes) return undefined
  return `It must hold ${leastBytes} to ${mostBytes} bytes.`
}
