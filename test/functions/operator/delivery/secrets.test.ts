import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { sha256 } from '#shared/platform/digests.ts'
import { houseKeys } from '#shared/platform/house-keys.ts'
import { keyKey, secretKey } from '#shared/store/keys.ts'
import { aCampaign, aTown, keyOf, write } from '#test/functions/town.ts'

const url = 'https://leads.tall-grass.example/prospectus'
const given = `whsec_${Buffer.alloc(32, 7).toString('base64')}`

describe('a webhook secret', () => {
  it('is made where none is given, shown once, and kept sealed', async () => {
    const { house, secret } = await aTown()
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    const row = await house.engine.get({ in: 'catalog', key: secretKey('tall-grass-tx') })
    const [sealed = ''] = await house
      .needsOf('operator')
      .webhookSecrets.live('tall-grass-tx', house.clock.now.toISOString())
    expect(JSON.stringify(row)).not.toContain(secret.slice(6))
    expect(houseKeys('0'.repeat(64)).sealer.open('tall-grass-tx', sealed)).toBe(secret)
    for (const { text } of [
      await house.staff('GET', '/v1/ops/campaigns/tall-grass-tx'),
      await house.staff('GET', '/v1/ops/campaigns'),
      await write(house, 'campaigns', 'tall-grass-tx', aCampaign()),
    ])
      expect(text).not.toContain('whsec_')
  })

  it('that is given is kept, and never told', async () => {
    const { house } = await aTown()
    const endpoint = { kind: 'webhook', url, secret: given }
    const { text } = await write(house, 'campaigns', 'own', aCampaign({ endpoint }))
    expect(text).not.toContain('whsec_')
    const [sealed = ''] = await house.needsOf('operator').webhookSecrets.live('own', house.clock.now.toISOString())
    expect(houseKeys('0'.repeat(64)).sealer.open('own', sealed)).toBe(given)
  })

  it('is not needed by an e-mail, and made when the campaign turns to webhooks', async () => {
    const { house } = await aTown()
    const first = await write(house, 'campaigns', 'mail', aCampaign({ endpoint: { kind: 'email', to: 'a@b.example' } }))
    expect(first.text).not.toContain('whsec_')
    const { body } = await write(house, 'campaigns', 'mail', aCampaign())
    expect(body).toHaveProperty('secret', expect.stringMatching(/^whsec_/))
  })

  it('is made for a campaign by e-mail whose test leads go to a webhook', async () => {
    const { house } = await aTown()
    const endpoint = { kind: 'email', to: 'a@b.example' }
    const { body } = await write(
      house,
      'campaigns',
      'mail',
      aCampaign({ endpoint, testEndpoint: { kind: 'webhook', url } }),
    )
    expect(body).toHaveProperty('secret', expect.stringMatching(/^whsec_/))
  })

  it('is not made where the campaign is not written', async () => {
    const { house } = await aTown()
    const headers = { 'if-match': '"7"' }
    expect((await house.staff('PUT', '/v1/ops/campaigns/late', { body: aCampaign(), headers })).status).toBe(412)
    expect(await house.engine.get({ in: 'catalog', key: secretKey('late') })).toBeUndefined()
  })

  it('ends with its campaign: another of the same id is shown one of its own', async () => {
    const { house, secret } = await aTown()
    await house.staff('DELETE', '/v1/ops/campaigns/tall-grass-tx')
    const { body } = await write(house, 'campaigns', 'tall-grass-tx', aCampaign())
    const again = z.object({ secret: z.string() }).safeParse(body).data?.secret
    expect(again).toMatch(/^whsec_/)
    expect(again).not.toBe(secret)
  })
})

describe('the key of a source', () => {
  it('is made once, kept by each rewriting, and looked up by its hash', async () => {
    const { house, sourceKey } = await aTown()
    expect(sourceKey).toMatch(/^pk_/)
    const again = await write(house, 'sources', 'landing', { name: 'Renamed', mode: 'live' })
    expect(keyOf(again.body)).toBe(sourceKey)
    const row = await house.engine.get({ in: 'catalog', key: keyKey(sha256(sourceKey)) })
    expect(row).toMatchObject({ caller: 'source', sourceId: 'landing' })
    expect(JSON.stringify(row)).not.toContain(sourceKey)
  })

  it('does not come back with another source of the same id', async () => {
    const { house, sourceKey } = await aTown()
    await house.staff('DELETE', '/v1/ops/sources/landing')
    const { body } = await write(house, 'sources', 'landing', { name: 'Another', mode: 'live' })
    expect(keyOf(body)).not.toBe(sourceKey)
    const headers = { 'x-source-key': sourceKey }
    expect((await house.call('POST', '/v1/matches', { headers, body: {} })).status).not.toBe(200)
    expect(await house.engine.get({ in: 'catalog', key: keyKey(sha256(sourceKey)) })).toBeUndefined()
  })
})
