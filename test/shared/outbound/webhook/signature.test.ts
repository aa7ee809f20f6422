import { randomBytes } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { faultOfSecret, newWebhookSecret, signatures } from '#shared/outbound/webhook/signature.ts'

const published = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const secretOf = (bytes: number) => `whsec_${randomBytes(bytes).toString('base64')}`

describe('the signature of a webhook', () => {
  it('is the one that the Standard Webhooks specification publishes', () => {
    expect(
      signatures({
        id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
        timestamp: new Date(1614265330 * 1000),
        body: '{"test": 2432232314}',
        secrets: [published],
      }),
    ).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    })
  })

  it('verifies with every live secret and with no other', () => {
    const secrets = [newWebhookSecret(randomBytes), secretOf(24), secretOf(64)]
    const body = '{"name":"Zoë"}'
    const headers = signatures({ id: 'dlv_1', timestamp: new Date(), body, secrets })

    expect(headers['webhook-signature'].split(' ')).toHaveLength(3)
    for (const secret of secrets) expect(new Webhook(secret).verify(body, headers)).toEqual({ name: 'Zoë' })
    expect(() => new Webhook(published).verify(body, headers)).toThrow('No matching signature')
    expect(() => new Webhook(secrets[0] ?? '').verify(`${body} `, headers)).toThrow('No matching signature')
  })

  it('is never left out for want of a secret', () => {
    expect(() => signatures({ id: 'dlv_1', timestamp: new Date(), body: '{}', secrets: [] })).toThrow('unsigned')
  })

  it('is not made with a secret that is too short, and the error does not tell the secret', () => {
    const secret = secretOf(23)
    const sign = () => signatures({ id: 'dlv_1', timestamp: new Date(), body: '{}', secrets: [published, secret] })
    expect(sign).toThrow('24 to 64 bytes')
    expect(sign).not.toThrow(secret.slice(6))
  })
})

describe('a webhook secret', () => {
  it('when it is new holds 32 bytes of the dice given', () => {
    const secret = newWebhookSecret((size) => new Uint8Array(size).fill(7))
    expect(secret).toBe(`whsec_${Buffer.alloc(32, 7).toString('base64')}`)
    expect(faultOfSecret(secret)).toBeUndefined()
  })

  it.each([24, 32, 64])('may hold %i bytes', (bytes) => {
    expect(faultOfSecret(secretOf(bytes))).toBeUndefined()
  })

  it.each([
    '',
    'whsec_',
    'secret',
    published.slice(6),
    secretOf(23),
    secretOf(65),
    `${published}!`,
    `${published}=`,
    secretOf(25).replaceAll('=', ''),
    ` ${published}`,
  ])('is refused when it is %j', (secret) => {
    expect(faultOfSecret(secret)).toMatch(/^(It|What).+\.$/)
  })
})
