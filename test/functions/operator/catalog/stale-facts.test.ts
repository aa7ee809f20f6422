import { describe, expect, it } from 'vitest'
import { listStaleFacts } from '#shared/contract/catalog/stale-facts.ts'
import { wagesSource } from '#shared/domain/catalog/public-sources.ts'
import { aCareer, aFact } from '#test/builders/career.ts'
import { createTestSystem, putRecord } from '#test/functions/create-test-system.ts'

const expired = '2026-04-01T00:00:00.000Z'
const valid = '2027-04-01T00:00:00.000Z'

describe('the list of stale facts', () => {
  it('has each career with expired facts, by source, with the import that would refresh them', async () => {
    const { api } = await createTestSystem()
    const own = { name: 'A survey of ours' }
    await putRecord(
      api,
      'careers',
      'clerk',
      aCareer({
        title: 'Clerk',
        facts: [
          aFact({ metric: 'mean-annual-wage', source: wagesSource, period: 'May 2024', expiresAt: expired }),
          aFact({ metric: 'employment', source: wagesSource, period: 'May 2023', expiresAt: expired }),
          aFact({ metric: 'openings', source: wagesSource, period: 'May 2025', expiresAt: valid }),
          aFact({ metric: 'mood', source: own, period: '2020', expiresAt: '2021-01-01T00:00:00.000Z' }),
        ],
      }),
    )
    await putRecord(api, 'careers', 'fresh', aCareer({ facts: [aFact({ expiresAt: valid })] }))
    const { status, body } = await api.staff('GET', '/v1/ops/stale-facts')
    expect(status).toBe(200)
    expect(listStaleFacts.responses[200].body.parse(body)).toEqual({
      careers: [
        {
          slug: 'clerk',
          title: 'Clerk',
          sources: [
            {
              source: wagesSource,
              count: 2,
              periods: ['May 2023', 'May 2024'],
              expiredAt: expired,
              refresh: { command: 'import wages', file: 'national_M2025_dl.xlsx' },
            },
            { source: own, count: 1, periods: ['2020'], expiredAt: '2021-01-01T00:00:00.000Z' },
          ],
        },
      ],
      page: { nextCursor: null },
    })
  })
})
