import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { deriveKeys } from '#shared/platform/derive-keys.ts'
import { sha256 } from '#shared/platform/digests.ts'
import { accessKeyKey, webhookSecretKey } from '#shared/store/keys.ts'
import { aCampaign, createTestSystem, parseKey, putRecord } from '#test/functions/create-test-system.ts'

const url = 'https://leads.tall-grass.example/prospectus'
const givenSecret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`

describe('a webhook secret', () => {
  it('creates a webhook secret if none is given, shows it once and stores it sealed', async () => {
    const { api, secret } = await createTestSystem()
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    const row = await api.engine.get({ in: 'catalog', key: webhookSecretKey('tall-grass-tx') })
    const [sealed = ''] = await api
      .createDependencies('operator')
      .webhookSecrets.listLive('tall-grass-tx', api.clock.now.toISOString())
    expect(JSON.stringify(row)).not.toContain(secret.slice(6))
    expect(deriveKeys('0'.repeat(64)).sealer.open('tall-grass-tx', sealed)).toBe(secret)
    for (const { text } of [
      await api.staff('GET', '/v1/ops/campaigns/tall-grass-tx'),
      await api.staff('GET', '/v1/ops/campaigns'),
      await putRecord(api, 'campaigns', 'tall-grass-tx', aCampaign()),
    ])
      expect(text).not.toContain('whsec_')
  })

  it('stores a given webhook secret and never returns it', async () => {
    const { api } = await createTestSystem()
    const endpoint = { kind: 'webhook', url, secret: givenSecret }
    const { text } = await putRecord(api, 'campaigns', 'own', aCampaign({ endpoint }))
    expect(text).not.toContain('whsec_')
    const [sealed = ''] = await api
      .createDependencies('operator')
      .webhookSecrets.listLive('own', api.clock.now.toISOString())
    expect(deriveKeys('0'.repeat(64)).sealer.open('own', sealed)).toBe(givenSecret)
  })

  it('creates no secret for an email endpoint until the campaign switches to a webhook', async () => {
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

  it('creates a secret for an email campaign whose test leads go to a webhook', async () => {
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

  it('creates no secret if the campaign is not saved', async () => {
    const { api } = await createTestSystem()
    const headers = { 'if-match': '"7"' }
    expect((await api.staff('PUT', '/v1/ops/campaigns/late', { body: aCampaign(), headers })).status).toBe(412)
    expect(await api.engine.get({ in: 'catalog', key: webhookSecretKey('late') })).toBeUndefined()
  })

  it('deletes secrets with their campaign, and gives a new campaign of the same ID a new secret', async () => {
    const { api, secret } = await createTestSystem()
    await api.staff('DELETE', '/v1/ops/campaigns/tall-grass-tx')
    const { body } = await putRecord(api, 'campaigns', 'tall-grass-tx', aCampaign())
    const again = z.object({ secret: z.string() }).safeParse(body).data?.secret
    expect(again).toMatch(/^whsec_/)
    expect(again).not.toBe(secret)
  })
})

describe('the key of a source', () => {
  it('creates a source key once, keeps it on updates, and finds it by its hash', async () => {
    const { api, sourceKey } = await createTestSystem()
    expect(sourceKey).toMatch(/^pk_/)
    const again = await putRecord(api, 'sources', 'landing', { name: 'Renamed', mode: 'live' })
    expect(parseKey(again.body)).toBe(sourceKey)
    const row = await api.engine.get({ in: 'catalog', key: accessKeyKey(sha256(sourceKey)) })
    expect(row).toMatchObject({ caller: 'source', sourceId: 'landing' })
    expect(JSON.stringify(row)).not.toContain(sourceKey)
  })

  it('does not accept the key of a deleted source for a new source of the same ID', async () => {
    const { api, sourceKey } = await createTestSystem()
    await api.staff('DELETE', '/v1/ops/sources/landing')
    const { body } = await putRecord(api, 'sources', 'landing', { name: 'Another', mode: 'live' })
    expect(parseKey(body)).not.toBe(sourceKey)
    const headers = { 'x-source-key': sourceKey }
    expect((await api.call('POST', '/v1/matches', { headers, body: {} })).status).not.toBe(200)
    expect(await api.engine.get({ in: 'catalog', key: accessKeyKey(sha256(sourceKey)) })).toBeUndefined()
  })
})
