import { beforeEach, describe, expect, it } from 'vitest'
import { traceLead } from '#functions/capture/trace-lead.ts'
import { leadRequest } from '#shared/contract/capture/capture.ts'
import { keptSource } from '#shared/domain/capture/source.ts'
import type { AskTurnstile } from '#shared/outbound/turnstile.ts'
import { aForm } from '#test/functions/capture/forms.ts'
import { aTown, aVisitor, keyOf, type Town } from '#test/functions/town.ts'

let town: Town
beforeEach(async () => {
  town = await aTown()
})

const put = (name: string) => town.house.staff('PUT', '/v1/ops/sources/new-page', { body: { name, mode: 'live' } })
const remove = () => town.house.staff('DELETE', '/v1/ops/sources/new-page')

async function use(key: string) {
  const answer = await town.house.call('POST', '/v1/matches', { headers: { 'x-source-key': key }, body: aVisitor() })
  return answer.status
}

describe('the publishable key of a source', () => {
  it('is one, where many write the source first at once: each is shown the key that is valid', async () => {
    const written = await Promise.all(['one', 'two', 'three', 'four'].map(put))
    expect(written.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201])
    const keys = new Set(written.map(({ body }) => keyOf(body)))
    expect(keys.size).toBe(1)
    for (const key of keys) expect(await use(key)).toBe(200)
  })

  it('is good for nothing once the source is gone, whoever wrote it meanwhile', async () => {
    const first = keyOf((await put('one')).body)
    const answers = await Promise.all([remove(), put('two'), remove(), put('three')])
    const shown = answers.flatMap(({ status, body }) => (status === 200 || status === 201 ? [keyOf(body)] : []))
    await remove()
    const last = keyOf((await put('four')).body)
    for (const key of new Set([first, ...shown])) expect([key === last, await use(key)]).toEqual([false, 401])
    expect(await use(last)).toBe(200)
  })
})

describe('the Turnstile secret of a source', () => {
  const write = (fields: object, id = 'new-page') =>
    town.house.staff('PUT', `/v1/ops/sources/${id}`, {
      body: { name: 'New page', mode: 'live', turnstile: true, ...fields },
    })

  /** The secret that Cloudflare is asked with for a lead of the source; nothing stands for that of the house. */
  async function askedWith(id = 'new-page') {
    const secrets: (string | undefined)[] = []
    const askTurnstile: AskTurnstile = async ({ secret }) => {
      secrets.push(secret)
      return 'human'
    }
    const { records, sealer, tokens, now } = town.house.needsOf('capture')
    const source = { id, ...keptSource.parse((await records.get('sources', id))?.body) }
    const body = leadRequest.parse(await aForm(town))
    const contact = { ...body.contact, state: 'TX' }
    const principal = { caller: 'source', sourceId: id, scope: 'form' } as const
    const needs = { sealer, tokens, now, askTurnstile }
    await traceLead({ body, principal, ip: '198.51.100.7' }, { source, contact, form: 'form' }, needs)
    return secrets
  }

  it('is what Cloudflare is asked with, stays where nothing is said of it, and goes where it is taken back', async () => {
    await write({})
    expect(await askedWith()).toEqual([undefined])
    await write({ turnstileSecret: 'own-secret' })
    expect(await askedWith()).toEqual(['own-secret'])
    await write({ name: 'Another name' })
    expect(await askedWith()).toEqual(['own-secret'])
    await write({ turnstileSecret: 'newer-secret' })
    expect(await askedWith()).toEqual(['newer-secret'])
    await write({ turnstileSecret: null })
    expect(await askedWith()).toEqual([undefined])
  })

  it('is never read back, is kept sealed, and opens for no other source', async () => {
    const written = await write({ turnstileSecret: 'own-secret' })
    const read = await town.house.staff('GET', '/v1/ops/sources/new-page')
    const listed = await town.house.staff('GET', '/v1/ops/sources')
    for (const { text } of [written, read, listed]) expect(text).not.toMatch(/own-secret|sealed/)
    const { records, sealer } = town.house.needsOf('capture')
    const kept = await records.get('sources', 'new-page')
    expect(JSON.stringify(kept)).not.toContain('own-secret')
    const { sealed } = keptSource.parse(kept?.body)
    expect(() => sealer.open('turnstile other-page', sealed?.turnstile ?? '')).toThrow()
  })
})
