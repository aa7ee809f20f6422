import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { deriveKeys } from '#shared/platform/derive-keys.ts'
import { sha256 } from '#shared/platform/digests.ts'
import { accessKeyKey, webhookSecretKey } from '#shared/store/keys.ts'
import { aCampaign, createTestSystem, parseKey, putRecord } from '#test/functions/create-test-system.ts'

const url = 'https://leads.tall-grass.example/prospectus'
const givenSecret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`

describe('a webhook secret', () => {
  it('is made where none is given, shown once, and kept sealed', async () => {
    const { api, secret } = await createTestSystem()
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    const row = await api.engine.get({ in: 'catalog', key: webhookSecretKey('tall-grass-tx') })
    const [sealed = ''] = await api
      .createDependencies('operator')
      .webhookSecrets.live('tall-grass-tx', api.clock.now.toISOString())
    expect(JSON.stringify(row)).not.toContain(secret.slice(6))
    expect(deriveKeys('0'.repeat(64)).sealer.open('tall-grass-tx', sealed)).toBe(secret)
    for (const { text } of [
      await api.staff('GET', '/v1/ops/campaigns/tall-grass-tx'),
      await api.staff('GET', '/v1/ops/campaigns'),
      await putRecord(api, 'campaigns', 'tall-grass-tx', aCampaign()),
    ])
      expect(text).not.toContain('whsec_')
  })

  it('that is given is kept, and never told', async () => {
    const { api } = await createTestSystem()
    const endpoint = { kind: 'webhook', url, secret: givenSecret }
    const { text } = await putRecord(api, 'campaigns', 'own', aCampaign({ endpoint }))
    expect(text).not.toContain('whsec_')
    const [sealed = ''] = await api
      .createDependencies('operator')
      .webhookSecrets.live('own', api.clock.now.toISOString())
    expect(deriveKeys('0'.repeat(64)).sealer.open('own', sealed)).toBe(givenSecret)
  })

  it('is not needed by an e-mail, and made when the campaign turns to webhooks', async () => {
    const { api } = await createTestSystem()
    const first = await putRecord(
      api,
      'campaigns',
      'mail',
      aCampaign({ endpoint: { kind: 'email', to: 'a@b.example' } }),
    )
    expect(first.text).not.toContain('whsec_')
    const { body } = await putRecord(api, 'campaigns', 'mail', aCampaign())
    expect(body).toHaveProperty('secret', expect.stringMatching(/^whsec_/))
  })

  it('is made for a campaign by e-mail whose test leads go to a webhook', async () => {
    const { api } = await createTestSystem()
    const endpoint = { kind: 'email', to: 'a@b.example' }
    const { body } = await putRecord(
      api,
      'campaigns',
      'mail',
      aCampaign({ endpoint, testEndpoint: { kind: 'webhook', url } }),
    )
    expect(body).toHaveProperty('secret', expect.stringMatching(/^whsec_/))
  })

  it('is not made where the campaign is not written', async () => {
    const { api } = await createTestSystem()
    const headers = { 'if-match': '"7"' }
    expect((await api.staff('PUT', '/v1/ops/campaigns/late', { body: aCampaign(), headers })).status).toBe(412)
    expect(await api.engine.get({ in: 'catalog', key: webhookSecretKey('late') })).toBeUndefined()
  })

  it('ends with its campaign: another of the same id is shown one of its own', async () => {
    const { api, secret } = await createTestSystem()
    await api.staff('DELETE', '/v1/ops/campaigns/tall-grass-tx')
    const { body } = await putRecord(api, 'campaigns', 'tall-grass-tx', aCampaign())
    const again = z.object({ secret: z.string() }).safeParse(body).data?.secret
    expect(again).toMatch(/^whsec_/)
    expect(again).not.toBe(secret)
  })
})

describe('the key of a source', () => {
  it('is made once, kept by each rewriting, and looked up by its hash', async () => {
    const { api, sourceKey } = await createTestSystem()
    expect(sourceKey).toMatch(/^pk_/)
    const again = await putRecord(api, 'sources', 'landing', { name: 'Renamed', mode: 'live' })
    expect(parseKey(again.body)).toBe(sourceKey)
    const row = await api.engine.get({ in: 'catalog', key: accessKeyKey(sha256(sourceKey)) })
    expect(row).toMatchObject({ caller: 'source', sourceId: 'landing' })
    expect(JSON.stringify(row)).not.toContain(sourceKey)
  })

  it('does not come back with another source of the same id', async () => {
    const { api, sourceKey } = await createTestSystem()
    await api.staff('DELETE', '/v1/ops/sources/landing')
    const { body } = await putRecord(api, 'sources', 'landing', { name: 'Another', mode: 'live' })
    expect(parseKey(body)).not.toBe(sourceKey)
    const headers = { 'x-source-key': sourceKey }
    expect((await api.call('POST', '/v1/matches', { headers, body: {} })).status).not.toBe(200)
    expect(await api.engine.get({ in: 'catalog', key: accessKeyKey(sha256(sourceKey)) })).toBeUndefined()
  })
})
