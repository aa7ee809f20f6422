import { beforeEach, describe, expect, it } from 'vitest'
import { leadRequest } from '#shared/contract/capture/capture.ts'
import { storedSource } from '#shared/domain/capture/source.ts'
import type { VerifyTurnstile } from '#shared/outbound/turnstile.ts'
import { collectSignals } from '#shared/workflows/capture/assess-spam.ts'
import { aForm } from '#test/functions/capture/forms.ts'
import { aVisitor, createTestSystem, parseKey, type TestSystem } from '#test/functions/create-test-system.ts'

let system: TestSystem
beforeEach(async () => {
  system = await createTestSystem()
})

const put = (name: string) => system.api.staff('PUT', '/v1/ops/sources/new-page', { body: { name, mode: 'live' } })
const remove = () => system.api.staff('DELETE', '/v1/ops/sources/new-page')

async function use(key: string) {
  const answer = await system.api.call('POST', '/v1/matches', { headers: { 'x-source-key': key }, body: aVisitor() })
  return answer.status
}

describe('the publishable key of a source', () => {
  it('is the same for concurrent first writes', async () => {
    const responses = await Promise.all(['one', 'two', 'three', 'four'].map(put))
    expect(responses.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201])
    const keys = new Set(responses.map(({ body }) => parseKey(body)))
    expect(keys.size).toBe(1)
    for (const key of keys) expect(await use(key)).toBe(200)
  })

  it('is refused once the source is deleted, also after concurrent writes', async () => {
    const first = parseKey((await put('one')).body)
    const answers = await Promise.all([remove(), put('two'), remove(), put('three')])
    const shownKeys = answers.flatMap(({ status, body }) => (status === 200 || status === 201 ? [parseKey(body)] : []))
    await remove()
    const last = parseKey((await put('four')).body)
    for (const key of new Set([first, ...shownKeys])) expect([key === last, await use(key)]).toEqual([false, 401])
    expect(await use(last)).toBe(200)
  })
})

describe('the Turnstile secret of a source', () => {
  const write = (fields: object, id = 'new-page') =>
    system.api.staff('PUT', `/v1/ops/sources/${id}`, {
      body: { name: 'New page', mode: 'live', turnstile: true, ...fields },
    })

  /** Returns the secrets that Turnstile was called with for a lead of the source. undefined: the default secret. */
  async function findTurnstileSecrets(id = 'new-page') {
    const secrets: (string | undefined)[] = []
    const askTurnstile: VerifyTurnstile = async ({ secret }) => {
      secrets.push(secret)
      return 'human'
    }
    const { records, routing, sealer, tokens, now } = system.api.createDependencies('capture')
    const source = { id, ...storedSource.parse((await records.get('sources', id))?.body) }
    const body = leadRequest.parse(await aForm(system))
    const draft = { contact: { ...body.contact, state: 'TX' } }
    const form = { ...body, isFromPage: true, ip: '198.51.100.7' }
    const deps = { sealer, routing, tokens, now, askTurnstile }
    await collectSignals({ source, draft, form }, { sourceId: id, keyDigest: 'key' }, deps)
    return secrets
  }

  it('is used for Turnstile, stays if it is omitted, and is removed by null', async () => {
    await write({})
    expect(await findTurnstileSecrets()).toEqual([undefined])
    await write({ turnstileSecret: 'own-secret' })
    expect(await findTurnstileSecrets()).toEqual(['own-secret'])
    await write({ name: 'Another name' })
    expect(await findTurnstileSecrets()).toEqual(['own-secret'])
    await write({ turnstileSecret: 'newer-secret' })
    expect(await findTurnstileSecrets()).toEqual(['newer-secret'])
    await write({ turnstileSecret: null })
    expect(await findTurnstileSecrets()).toEqual([undefined])
  })

  it('is never returned, is stored sealed, and cannot be opened for another source', async () => {
    const putResponse = await write({ turnstileSecret: 'own-secret' })
    const getResponse = await system.api.staff('GET', '/v1/ops/sources/new-page')
    const listResponse = await system.api.staff('GET', '/v1/ops/sources')
    for (const { text } of [putResponse, getResponse, listResponse]) expect(text).not.toMatch(/own-secret|sealed/)
    const { records, sealer } = system.api.createDependencies('capture')
    const sourceRecord = await records.get('sources', 'new-page')
    expect(JSON.stringify(sourceRecord)).not.toContain('own-secret')
    const { sealed } = storedSource.parse(sourceRecord?.body)
    expect(() => sealer.open('turnstile other-page', sealed?.turnstile ?? '')).toThrow()
  })
})
