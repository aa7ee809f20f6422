import { Webhook } from 'standardwebhooks'

const secretPrefix = 'whsec_'
const minSecretBytes = 24
const maxBytes = 64
const newSecretBytes = 32

type SignatureInput = { id: string; timestamp: Date; body: string; secrets: readonly string[] }

/**
 * The headers of Standard Webhooks, with one signature for each live secret, so that a school can change its secret
 * without missing a lead. @throws where there is no secret, or one is not sound.
 */
export function createSignatureHeaders({ id, timestamp, body, secrets }: SignatureInput) {
  if (secrets.length === 0) throw new Error('A webhook cannot be sent unsigned: there is no live secret')
  const signatureList = secrets.map((secret) => {
    const fault = findSecretFault(secret)
    if (fault !== undefined) throw new Error(`A webhook secret is not sound: ${fault}`)
    return new Webhook(secret).sign(id, timestamp, body)
  })
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(timestamp.getTime() / 1000)),
    'webhook-signature': signatureList.join(' '),
  }
}

/** Makes a secret of 32 random bytes. */
export function createWebhookSecret(randomBytes: (size: number) => Uint8Array): string {
  return secretPrefix + Buffer.from(randomBytes(newSecretBytes)).toString('base64')
}

/** Says what is wrong with a secret that a school gave: Standard Webhooks asks for 24 to 64 bytes in base64. */
export function findSecretFault(secret: string): string | undefined {
  if (!secret.startsWith(secretPrefix)) return `It must start with ${secretPrefix}.`
  const encoded = secret.slice(secretPrefix.length)
  const bytes = Buffer.from(encoded, 'base64')
  if (bytes.toString('base64') !== encoded) return `What follows ${secretPrefix} must be base64.`
  if (bytes.length >= minSecretBytes && bytes.length <= maxBytes) return undefined
  return `It must hold ${minSecretBytes} to ${maxBytes} bytes.`
}
