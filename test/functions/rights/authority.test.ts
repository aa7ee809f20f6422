import { describe, expect, it } from 'vitest'
import type { Route } from '#shared/contract/route.ts'
import { routes } from '#shared/contract/routes.ts'
import { authority, campaignFieldOwners } from '#shared/domain/access/authority.ts'
import { campaign } from '#shared/domain/routing/campaign.ts'
import { createTestSystem } from '#test/functions/create-test-system.ts'

const all: readonly Route[] = Object.values(routes).flat()
const rows = Object.entries(authority)

/** Whether an operation changes a campaign, a school or a return. */
function changesTerms({ method, access, path }: Pick<Route, 'method' | 'access' | 'path'>): boolean {
  return method !== 'GET' && access !== 'read' && /campaign|\/schools|return|secret|portal-links/.test(path)
}

function findUnlisted(operations: readonly Route[]): string[] {
  const listed: string[] = rows.flatMap(([, row]) => row.operations)
  return operations.filter(changesTerms).flatMap(({ name }) => (listed.includes(name) ? [] : [name]))
}

describe('the table of authority', () => {
  it('has a row for every operation that changes a campaign, a school or a return', () => {
    expect(findUnlisted(all)).toEqual([])
  })

  it('detects: a new operation without a row', () => {
    const added: Route = { ...firstRoute('changeSchoolCampaign'), name: 'boostSchoolCampaign' }
    expect(findUnlisted([...all, added])).toEqual(['boostSchoolCampaign'])
  })

  it.each(rows)('names for "%s" only operations of callers who may do it', (_, row) => {
    for (const operation of row.operations) {
      const { caller } = firstRoute(operation)
      const kind = caller === 'operator' ? 'staff' : caller === 'school' ? 'school' : 'publisher'
      expect([operation, row[kind]]).not.toEqual([operation, 'none'])
    }
  })

  it('names an owner for every field of a campaign', () => {
    expect(Object.keys(campaignFieldOwners).toSorted()).toEqual(Object.keys(campaign.shape).toSorted())
  })
})

describe('the key of a school', () => {
  it('changes nothing of a campaign that staff own, whatever field it sends', async () => {
    const system = await createTestSystem()
    const authorization = `Bearer ${await system.api.schoolKey('tall-grass')}`
    const read = async () => (await system.api.staff('GET', '/v1/ops/campaigns/tall-grass-tx')).body
    const before = await read()
    const values: { [field: string]: unknown } = { priceCents: 1, fallback: true, rules: {}, endpoint: {} }
    for (const [field, owner] of Object.entries(campaignFieldOwners)) {
      // What a school calls `status` and `caps` is its own pause and its own caps.
      if (owner === 'school' || field === 'status' || field === 'caps') continue
      const { status } = await system.api.call('PATCH', '/v1/school/campaigns/tall-grass-tx', {
        headers: { authorization },
        body: { status: 'paused', [field]: values[field] ?? 'x' },
      })
      expect([field, status]).toEqual([field, 422])
    }
    expect(await read()).toEqual(before)
  })

  it('is refused once its school is deleted, and changes nothing of another school', async () => {
    const system = await createTestSystem()
    const authorization = `Bearer ${await system.api.schoolKey('tall-grass')}`
    const patch = (id: string) =>
      system.api.call('PATCH', `/v1/school/campaigns/${id}`, { headers: { authorization }, body: { status: 'paused' } })
    expect((await patch('bay-shore-tx')).status).toBe(404)
    const remove = { headers: { 'if-match': '*' } }
    await system.api.staff('DELETE', '/v1/ops/campaigns/tall-grass-tx', remove)
    await system.api.staff('DELETE', '/v1/ops/programs/tall-grass-hit', remove)
    await system.api.staff('DELETE', '/v1/ops/schools/tall-grass', remove)
    expect((await patch('tall-grass-tx')).status).toBe(401)
  })
})

function firstRoute(operation: string): Route {
  const route = all.find(({ name }) => name === operation)
  if (!route) throw new Error(`There is no operation ${operation}.`)
  return route
}
