import { beforeEach, describe, expect, it } from 'vitest'
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
