import { beforeEach, describe, expect, it } from 'vitest'
import type { Row } from '#shared/store/engine/engine.ts'
import { unpack } from '#shared/store/packed.ts'
import { queryAll } from '#shared/store/query-all.ts'
import { aCampaign, aSchool, createTestSystem, type TestSystem } from '#test/functions/create-test-system.ts'

let system: TestSystem
beforeEach(async () => {
  system = await createTestSystem()
})

const path = '/v1/ops/schools/tall-grass'

describe('a change of a record', () => {
  it('is written together with an entry that shows who made it, and the record before and after it', async () => {
    await system.api.staff('PUT', path, { body: aSchool({ name: 'Taller Grass College' }) })
    expect(await listEntries('schools', 'tall-grass')).toMatchObject([
      { action: 'record.created', actor: { kind: 'staff', name: 'key 1' }, after: { name: 'Tall Grass College' } },
      {
        action: 'record.changed',
        actor: { kind: 'staff', name: 'key 1' },
        before: { name: 'Tall Grass College' },
        after: { name: 'Taller Grass College' },
      },
    ])
  })

  it('shows on the record who made it last', async () => {
    const { body } = await system.api.staff('GET', path)
    expect(body).toMatchObject({ updatedBy: { kind: 'staff', name: 'key 1' } })
  })

  it('names the school that changed its campaign, and the key that it used', async () => {
    const { key, keyId } = await system.api.createApiKey({ caller: 'school', schoolId: 'tall-grass' }, 'manage')
    await system.api.call('PATCH', '/v1/school/campaigns/tall-grass-tx', {
      headers: { authorization: `Bearer ${key}` },
      body: { status: 'paused' },
    })
    expect((await listEntries('campaigns', 'tall-grass-tx')).at(-1)).toMatchObject({
      action: 'campaign.changed-by-school',
      actor: { kind: 'school', schoolId: 'tall-grass', keyId },
      before: { schoolId: 'tall-grass' },
      after: { pausedBy: [{ by: 'school' }] },
    })
  })

  it('shows secrets as digests', async () => {
    const secret = `whsec_${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`
    const endpoint = { kind: 'webhook', url: 'https://leads.tall-grass.example/prospectus', secret }
    await system.api.staff('PUT', '/v1/ops/campaigns/tall-grass-tx', { body: aCampaign({ endpoint }) })
    const entry = (await listEntries('campaigns', 'tall-grass-tx')).at(-1)
    expect(JSON.stringify(entry)).not.toContain(secret)
    expect(entry).toMatchObject({ after: { secret: expect.stringMatching(/^hmac-sha256:/) } })
    const [sourceEntry] = await listEntries('sources', 'landing')
    expect(JSON.stringify(sourceEntry)).not.toContain(system.sourceKey)
  })

  it('is refused if its entry cannot be written', async () => {
    system.api.watch.beforeCommit = async () => {
      throw new Error('The audit table is out of reach.')
    }
    expect((await system.api.staff('PUT', path, { body: aSchool({ name: 'Unrecorded' }) })).status).toBe(500)
    expect((await system.api.staff('GET', path)).body).toMatchObject({ name: 'Tall Grass College' })
  })

  it('is followed by an entry of its deletion', async () => {
    await system.api.staff('DELETE', '/v1/ops/campaigns/tall-grass-tx')
    expect((await listEntries('campaigns', 'tall-grass-tx')).at(-1)).toMatchObject({
      action: 'record.deleted',
      before: { schoolId: 'tall-grass' },
    })
  })

  it('needs If-Match if the record exists, and says who changed it last', async () => {
    const authorization = `Bearer ${system.api.staffKey}`
    const put = (headers: object = {}) =>
      system.api.call('PUT', path, { headers: { authorization, ...headers }, body: aSchool({ name: 'Late College' }) })
    const refused = await put()
    expect(refused).toMatchObject({ status: 428, body: { code: 'PRECONDITION_REQUIRED' } })
    expect(refused.text).toContain('by staff key 1')
    expect((await system.api.staff('GET', path)).body).toMatchObject({ version: 1, name: 'Tall Grass College' })
    expect((await put({ 'if-match': '"1"' })).status).toBe(200)
    expect(await put({ 'if-match': '"1"' })).toMatchObject({ status: 412, body: { code: 'VERSION_CONFLICT' } })
    expect((await put({ 'if-match': '*' })).status).toBe(200)
  })

  it('can send back what was read, because fields that only the server sets are ignored', async () => {
    const { body, headers } = await system.api.staff('GET', path)
    const changed = { ...Object(body), name: 'Taller Grass College' }
    const response = await system.api.staff('PUT', path, { headers: { 'if-match': headers.etag }, body: changed })
    expect(response).toMatchObject({ status: 200, body: { id: 'tall-grass', version: 2 } })
  })
})

async function listEntries(kind: string, id: string) {
  const rows = await queryAll(system.api.engine, {
    in: 'leads',
    index: 'timeline',
    pk: `AUDIT#${kind}#${id}`,
    limit: 100,
  })
  const entries = await Promise.all(rows.map(({ pk, sk }) => system.api.engine.get({ in: 'leads', key: { pk, sk } })))
  return entries.map((row: Row = { pk: '', sk: '' }) => ({ ...row, ...Object(unpack(row)) }))
}
