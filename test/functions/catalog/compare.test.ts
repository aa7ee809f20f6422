import { expect, it } from 'vitest'
import { aFact } from '#test/builders/career.ts'
import { aCareer, createTestSystem, putRecord } from '#test/functions/create-test-system.ts'

it('GET /v1/careers/compare shows national figures side by side, and null where a career has none', async () => {
  const { api } = await createTestSystem()
  const pay = aFact({ metric: 'median-annual-wage', value: 50_000 })
  const growth = aFact({ metric: 'projected-job-growth', value: 7, unit: 'percent' })
  const ofAnother = aFact({ metric: 'median-annual-wage-29-9021', value: 1 })
  const inTexas = aFact({ metric: 'employment', geography: 'Texas' })
  await putRecord(api, 'careers', 'one', aCareer({ title: 'One', facts: [pay, growth, ofAnother, inTexas] }))
  await putRecord(api, 'careers', 'two', aCareer({ title: 'Two', facts: [{ ...pay, value: '$239,200 or more' }] }))
  const { status, body } = await api.call('GET', '/v1/careers/compare?slugs=one,gone,two')
  expect([status, body]).toMatchObject([
    200,
    {
      careers: [{ slug: 'one' }, { slug: 'two' }],
      metrics: [
        { metric: 'median-annual-wage', facts: [{ value: 50_000 }, { value: '$239,200 or more' }] },
        { metric: 'projected-job-growth', facts: [{ value: 7 }, null] },
      ],
    },
  ])
  for (const slugs of ['', 'a,b,c,d,e,f', 'a,a', 'A B'])
    expect((await api.call('GET', `/v1/careers/compare?slugs=${encodeURIComponent(slugs)}`)).status).toBe(422)
})
