import { Webhook } from 'standardwebhooks'

const secretPrefix = 'whsec_'
const minSecretBytes = 24
const maxSecretBytes = 64
const newSecretBytes = 32

type SignatureInput = { id: string; timestamp: Date; body: string; secrets: readonly string[] }

/**
 * Returns the headers of Standard Webhooks, with one signature per live secret, so that a school can rotate its secret
 * without missing a lead. @throws if there is no secret or one is invalid.
 */
export function createSignatureHeaders({ id, timestamp, body, secrets }: SignatureInput) {
  if (secrets.length === 0) throw new Error('A webhook cannot be sent unsigned, and the campaign has no live secret.')
  const signatureList = secrets.map((secret) => {
    const fault = findSecretFault(secret)
    if (fault !== undefined) throw new Error(`A webhook secret is invalid. ${fault}`)
    return new Webhook(secret).sign(id, timestamp, body)
  })
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(timestamp.getTime() / 1000)),
    'webhook-signature': signatureList.join(' '),
  }
}

/** Creates a secret of 32 random bytes. */
export function createWebhookSecret(randomBytes: (size: number) => Uint8Array): string {
  return secretPrefix + Buffer.from(randomBytes(newSecretBytes)).toString('base64')
}

/** Returns why a secret is invalid, or undefined. Standard Webhooks requires 24 to 64 bytes in base64. */
export function findSecretFault(secret: string): string | undefined {
  if (!secret.startsWith(secretPrefix)) return `It must start with ${secretPrefix}.`
  const encoded = secret.slice(secretPrefix.length)
  const bytes = Buffer.from(encoded, 'base64')
  if (bytes.toString('base64') !== encoded) return `What follows ${secretPrefix} must be base64.`
  if (bytes.length >= minSecretBytes && bytes.length <= maxSecretBytes) return undefined
  return `It must encode ${minSecretBytes} to ${maxSecretBytes} bytes.`
}
