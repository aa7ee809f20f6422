import { describe, expect, it } from 'vitest'
import { campaign, campaignInput } from '#shared/domain/routing/campaign.ts'

const minimalCampaign = {
  schoolId: 'alder',
  programIds: ['coding'],
  priceCents: 4000,
  endpoint: { kind: 'webhook', url: 'https://school.example/leads' },
}
const makeSecret = (bytes: number) => `whsec_${Buffer.alloc(bytes, 7).toString('base64')}`

it('needs only what it buys, at what price, and where leads go', () => {
  expect(campaignInput.parse(minimalCampaign)).toMatchObject({ status: 'active', sharing: 'shared', caps: [] })
})

describe('a webhook secret', () => {
  it.each([24, 25, 26, 32, 64])('of %i bytes is kept', (bytes) => {
    expect(isSecretAccepted(makeSecret(bytes))).toBe(true)
  })

  it('of Standard Webhooks’ own example is kept', () => {
    expect(isSecretAccepted('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')).toBe(true)
  })

  it.each([0, 16, 23, 65, 128])('of %i bytes is refused', (bytes) => {
    expect(isSecretAccepted(makeSecret(bytes))).toBe(false)
  })

  it.each(['MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', `whsec_${'-'.repeat(32)}`, `whsec_${'A'.repeat(33)}`, ''])(
    '%j is none',
    (secret) => {
      expect(isSecretAccepted(secret)).toBe(false)
    },
  )

  it('is not part of a campaign that is read back', () => {
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
  ['an e-mail to nobody', { endpoint: { kind: 'email', to: 'nobody' } }],
  ['a rule over an unknown field', { rules: { field: 'shoe-size', op: 'equals', value: 44 } }],
])('is refused with %s', (_, wrong) => {
  expect(campaignInput.safeParse({ ...minimalCampaign, ...wrong }).success).toBe(false)
})

function isSecretAccepted(secret: string): boolean {
  return campaignInput.safeParse({ ...minimalCampaign, endpoint: { ...minimalCampaign.endpoint, secret } }).success
}
