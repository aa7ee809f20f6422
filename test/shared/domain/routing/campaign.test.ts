import { describe, expect, it } from 'vitest'
import { campaign, campaignInput } from '#shared/domain/routing/campaign.ts'

const minimalCampaign = {
  schoolId: 'alder',
  programIds: ['coding'],
  priceCents: 4000,
  endpoint: { kind: 'webhook', url: 'https://school.example/leads' },
}
const makeSecret = (bytes: number) => `whsec_${Buffer.alloc(bytes, 7).toString('base64')}`

it('a campaign needs only a school, programs, a price and an endpoint', () => {
  expect(campaignInput.parse(minimalCampaign)).toMatchObject({ status: 'active', sharing: 'shared', caps: [] })
})

describe('a webhook secret', () => {
  it.each([24, 25, 26, 32, 64])('accepts a secret of %i bytes', (bytes) => {
    expect(isSecretAccepted(makeSecret(bytes))).toBe(true)
  })

  it('accepts the example secret of Standard Webhooks', () => {
    expect(isSecretAccepted('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')).toBe(true)
  })

  it.each([0, 16, 23, 65, 128])('rejects a secret of %i bytes', (bytes) => {
    expect(isSecretAccepted(makeSecret(bytes))).toBe(false)
  })

  it.each(['MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', `whsec_${'-'.repeat(32)}`, `whsec_${'A'.repeat(33)}`, ''])(
    'rejects %j as a secret',
    (secret) => {
      expect(isSecretAccepted(secret)).toBe(false)
    },
  )

  it('does not allow a secret in a campaign that is returned', () => {
    expect(
      campaign.safeParse({ ...minimalCampaign, endpoint: { ...minimalCampaign.endpoint, secret: makeSecret(32) } })
        .success,
    ).toBe(false)
  })
})

it.each([
  ['no program', { programIds: [] }],
  ['a price in fractions of a cent', { priceCents: 40.5 }],
  ['a field that it does not have', { priceperEnrolment: 1 }],
  ['a path in place of a URL', { endpoint: { kind: 'webhook', url: '/leads' } }],
  ['an invalid email address', { endpoint: { kind: 'email', to: 'nobody' } }],
  ['a rule over an unknown field', { rules: { field: 'shoe-size', op: 'equals', value: 44 } }],
])('rejects a campaign with %s', (_, wrong) => {
  expect(campaignInput.safeParse({ ...minimalCampaign, ...wrong }).success).toBe(false)
})

function isSecretAccepted(secret: string): boolean {
  return campaignInput.safeParse({ ...minimalCampaign, endpoint: { ...minimalCampaign.endpoint, secret } }).success
}
