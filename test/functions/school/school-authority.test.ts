import { beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import {
  aCampaign,
  createTestSystem,
  putRecord,
  requestMatch,
  submitTestLead,
  type TestSystem,
} from '#test/functions/create-test-system.ts'

let system: TestSystem
let authorization: string
beforeEach(async () => {
  system = await createTestSystem()
  authorization = `Bearer ${await system.api.schoolKey('tall-grass')}`
})

const path = '/v1/school/campaigns/tall-grass-tx'
const patch = (body: unknown, headers: { [name: string]: string } = {}) =>
  system.api.call('PATCH', path, { headers: { authorization, ...headers }, body })
const read = async () => (await system.api.call('GET', path, { headers: { authorization } })).body
const writeAsStaff = (fields: object = {}) =>
  putRecord(system.api, 'campaigns', 'tall-grass-tx', aCampaign({ priority: 1, ...fields }))
const readAsStaff = async () => {
  const { body } = await system.api.staff('GET', '/v1/ops/campaigns/tall-grass-tx')
  const { id: _, version, updatedAt: __, ...campaignBody } = z.looseObject({ version: z.int() }).parse(body)
  return { version, body: campaignBody }
}
const takesLeads = async () => (await requestMatch(system)).schools.some(({ schoolId }) => schoolId === 'tall-grass')

describe('a pause', () => {
  it('of staff cannot be lifted by the school', async () => {
    await writeAsStaff({ status: 'paused' })
    expect(await patch({ status: 'active' })).toMatchObject({ status: 409, body: { code: 'STAFF_PAUSED' } })
    expect(await read()).toMatchObject({ status: 'paused', pausedBy: [{ by: 'staff' }] })
    expect(await takesLeads()).toBe(false)
  })

  it('of the school is lifted although staff have paused the campaign too, and the response says what remains', async () => {
    await patch({ status: 'paused', reason: 'We are full.' })
    await writeAsStaff({ status: 'paused' })
    expect(await read()).toMatchObject({ pausedBy: [{ by: 'staff' }, { by: 'school', reason: 'We are full.' }] })
    expect(await patch({ status: 'active' })).toMatchObject({
      status: 200,
      body: { status: 'paused', pausedBy: [{ by: 'staff' }], notice: expect.stringContaining('only staff can resume') },
    })
    expect(await takesLeads()).toBe(false)
    await writeAsStaff()
    expect(await takesLeads()).toBe(true)
  })

  it('of the school survives a write of staff that does not name it', async () => {
    await patch({ status: 'paused', caps: [{ period: 'day', limit: 3 }] })
    await writeAsStaff({ priceCents: 9900 })
    expect(await read()).toMatchObject({ status: 'paused', priceCents: 9900, caps: [{ limit: 3 }] })
    expect(await takesLeads()).toBe(false)
  })

  it('of the school is not lost when staff write back what they read before it', async () => {
    const before = await readAsStaff()
    await patch({ status: 'paused' })
    const stale = await system.api.staff('PUT', '/v1/ops/campaigns/tall-grass-tx', {
      headers: { 'if-match': `"${before.version}"` },
      body: before.body,
    })
    expect(stale.status).toBe(412)
    const fresh = await readAsStaff()
    const written = await system.api.staff('PUT', '/v1/ops/campaigns/tall-grass-tx', {
      headers: { 'if-match': `"${fresh.version}"` },
      body: { ...fresh.body, priceCents: 5000 },
    })
    expect(written).toMatchObject({ status: 200, body: { schoolStatus: 'paused', pausedBy: [{ by: 'school' }] } })
    expect(await takesLeads()).toBe(false)
  })

  it('of the school can be lifted by staff who say so', async () => {
    await patch({ status: 'paused' })
    await writeAsStaff({ schoolStatus: 'active' })
    expect(await read()).toMatchObject({ status: 'active', pausedBy: [] })
    expect(await takesLeads()).toBe(true)
  })

  it('keeps the time at which it began while the campaign is written again', async () => {
    await writeAsStaff({ status: 'paused' })
    const at = system.api.clock.now.toISOString()
    system.api.advanceClock(3600)
    await writeAsStaff({ status: 'paused', priceCents: 7000 })
    expect(await read()).toMatchObject({ pausedBy: [{ by: 'staff', at }] })
  })
})

describe('caps', () => {
  it('of the contract stay when the school sets and removes its own, and the lower one counts', async () => {
    await writeAsStaff({ caps: [{ period: 'day', limit: 2 }] })
    await patch({ caps: [{ period: 'day', limit: 50 }] })
    expect(await read()).toMatchObject({
      caps: [{ limit: 50 }],
      contractCaps: [{ limit: 2 }],
      capUsage: [
        { by: 'contract', limit: 2, counts: true },
        { by: 'school', limit: 50, counts: false },
      ],
    })
    await submitTestLead(system, 1)
    await submitTestLead(system, 2)
    expect(await takesLeads()).toBe(false)
    expect(await patch({ caps: [] })).toMatchObject({ body: { caps: [], contractCaps: [{ limit: 2 }] } })
    expect(await takesLeads()).toBe(false)
  })

  it('of the school stop leads below the caps of the contract, and free the campaign again when removed', async () => {
    await writeAsStaff({ caps: [{ period: 'day', limit: 50 }] })
    await patch({ caps: [{ period: 'day', limit: 1 }] })
    await submitTestLead(system, 1)
    expect(await takesLeads()).toBe(false)
    await patch({ caps: [] })
    expect(await takesLeads()).toBe(true)
    expect(await read()).toMatchObject({ capUsage: [{ limit: 50, used: 1 }] })
  })

  it.each([
    ['a fallback campaign', [{ period: 'day', limit: 0, onReached: { fallback: 'tall-grass-cheap' } }]],
    ['rules', [{ period: 'day', limit: 0, rules: { field: 'military', op: 'equals', value: true } }]],
    ['a limit above the largest', [{ period: 'day', limit: 1_000_000_001 }]],
    ['a negative limit', [{ period: 'day', limit: -1 }]],
    [
      'two limits for one period',
      [
        { period: 'day', limit: 1 },
        { period: 'day', limit: 2 },
      ],
    ],
    ['more caps than five', Array.from({ length: 6 }, () => ({ period: 'day', limit: 1 }))],
  ])('of the school may not hold %s', async (_, caps) => {
    expect(await patch({ caps })).toMatchObject({ status: 422, body: { code: 'INVALID_REQUEST' } })
    expect(await read()).toMatchObject({ caps: [], version: 1 })
  })
})

describe('a change of a school', () => {
  it.each([
    [null],
    [{}],
    [[]],
    ['paused'],
    [{ status: null }],
    [{ caps: null }],
    [{ reason: 'x' }],
    [{ contractCaps: [] }],
    [{ schoolStatus: 'active' }],
  ])('refuses the body %j', async (body) => {
    expect((await patch(body)).status).toBe(422)
  })

  it('is refused with a key that may only read, and for the campaign of another school', async () => {
    const { key } = await system.api.createApiKey({ caller: 'school', schoolId: 'tall-grass' }, 'read')
    expect(await patch({ status: 'paused' }, { authorization: `Bearer ${key}` })).toMatchObject({
      status: 403,
      body: { code: 'KEY_READ_ONLY' },
    })
    const other = `Bearer ${await system.api.schoolKey('bay-shore')}`
    expect((await patch({ status: 'paused' }, { authorization: other })).status).toBe(404)
    expect(await takesLeads()).toBe(true)
  })
})
