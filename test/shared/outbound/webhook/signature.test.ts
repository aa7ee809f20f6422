import { randomBytes } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { createSignatureHeaders, createWebhookSecret, findSecretFault } from '#shared/outbound/webhook/signature.ts'

const publishedSecret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const createSecret = (bytes: number) => `whsec_${randomBytes(bytes).toString('base64')}`

describe('the signature of a webhook', () => {
  it('matches the example of the Standard Webhooks specification', () => {
    expect(
      createSignatureHeaders({
        id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
        timestamp: new Date(1614265330 * 1000),
        body: '{"test": 2432232314}',
        secrets: [publishedSecret],
      }),
    ).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    })
  })

  it('verifies with every live secret and with no other', () => {
    const secrets = [createWebhookSecret(randomBytes), createSecret(24), createSecret(64)]
    const body = '{"name":"Zoë"}'
    const headers = createSignatureHeaders({ id: 'dlv_1', timestamp: new Date(), body, secrets })

    expect(headers['webhook-signature'].split(' ')).toHaveLength(3)
    for (const secret of secrets) expect(new Webhook(secret).verify(body, headers)).toEqual({ name: 'Zoë' })
    expect(() => new Webhook(publishedSecret).verify(body, headers)).toThrow('No matching signature')
    expect(() => new Webhook(secrets[0] ?? '').verify(`${body} `, headers)).toThrow('No matching signature')
  })

  it('throws instead of sending unsigned if there is no secret', () => {
    expect(() => createSignatureHeaders({ id: 'dlv_1', timestamp: new Date(), body: '{}', secrets: [] })).toThrow(
      'unsigned',
    )
  })

  it('throws on a secret that is too short, without the secret in the error', () => {
    const secret = createSecret(23)
    const sign = () =>
      createSignatureHeaders({ id: 'dlv_1', timestamp: new Date(), body: '{}', secrets: [publishedSecret, secret] })
    expect(sign).toThrow('24 to 64 bytes')
    expect(sign).not.toThrow(secret.slice(6))
  })
})

describe('a webhook secret', () => {
  it('is created from 32 random bytes', () => {
    const secret = createWebhookSecret((size) => new Uint8Array(size).fill(7))
    expect(secret).toBe(`whsec_${Buffer.alloc(32, 7).toString('base64')}`)
    expect(findSecretFault(secret)).toBeUndefined()
  })

  it.each([24, 32, 64])('is valid with %i bytes', (bytes) => {
    expect(findSecretFault(createSecret(bytes))).toBeUndefined()
  })

  it.each([
    '',
    'whsec_',
    'secret',
    publishedSecret.slice(6),
    createSecret(23),
    createSecret(65),
    `${publishedSecret}!`,
    `${publishedSecret}=`,
    createSecret(25).replaceAll('=', ''),
    ` ${publishedSecret}`,
  ])('is invalid when it is %j', (secret) => {
    expect(findSecretFault(secret)).toMatch(/^(It|What).+\.$/)
  })
})
