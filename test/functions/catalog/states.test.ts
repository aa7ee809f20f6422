import { beforeAll, describe, expect, it } from 'vitest'
import { aCareer, career, createTestSystem, putRecord, type TestSystem } from '#test/functions/create-test-system.ts'

const source = { name: 'U.S. Bureau of Labor Statistics', url: 'https://www.bls.gov/oes/tables.htm' }
const release = { period: 'May 2024', asOf: '2025-04-01T00:00:00.000Z', expiresAt: '2026-04-01T00:00:00.000Z', source }
const median = { metric: 'median-annual-wage', label: 'Median annual wage', statistic: 'median', unit: 'USD' }
const jobs = { metric: 'employment', label: 'Employment', statistic: 'estimate', unit: 'jobs' }
const figures = {
  ...release,
  measures: [median, jobs],
  places: [
    { state: 'TX', name: 'Texas', values: [48_000, 15_230] },
    { state: 'CA', name: 'California', values: ['$239,200 or more', null] },
    { state: 'PR', name: 'Puerto Rico', values: [null, 90] },
    { state: 'AK', name: 'Alaska', values: [61_000, 300] },
  ],
}

let system: TestSystem
beforeAll(async () => {
  system = await createTestSystem()
  await importFigures(figures)
})

async function importFigures(body: object, id = career) {
  const response = await system.api.staff('POST', '/v1/ops/imports', {
    body: { kind: 'state-figures', rows: [{ id, body }] },
  })
  return response.body
}

describe('figures by state', () => {
  it('are compared by median pay, the best paid first', async () => {
    const { status, body } = await system.api.call('GET', `/v1/careers/${career}/states`)
    expect([status, body]).toMatchObject([
      200,
      {
        slug: career,
        period: 'May 2024',
        states: [
          { state: 'CA', name: 'California', medianAnnualWage: '$239,200 or more', employment: null },
          { state: 'AK', name: 'Alaska', medianAnnualWage: 61_000, employment: 300 },
          { state: 'TX', name: 'Texas', medianAnnualWage: 48_000, employment: 15_230 },
          { state: 'PR', name: 'Puerto Rico', medianAnnualWage: null, employment: 90 },
        ],
      },
    ])
  })

  it('are facts of the career only for the state that is named', async () => {
    const { body } = await system.api.call('GET', `/v1/careers/${career}?state=tx`)
    expect(body).toMatchObject({
      facts: [
        { metric: 'median-annual-wage', value: 48_000, unit: 'USD', geography: 'Texas', period: 'May 2024', source },
        { metric: 'employment', value: 15_230, unit: 'jobs', geography: 'Texas' },
      ],
    })
    expect((await system.api.call('GET', `/v1/careers/${career}`)).body).toMatchObject({ facts: [] })
    expect((await system.api.call('GET', `/v1/careers/${career}?state=OH`)).body).toMatchObject({ facts: [] })
  })

  it('never stand beside newer figures of the nation', async () => {
    const national = {
      ...median,
      ...release,
      period: 'May 2025',
      asOf: '2026-04-01T00:00:00.000Z',
      value: 50_000,
      geography: 'United States',
    }
    await putRecord(system.api, 'careers', 'newer', aCareer({ facts: [national] }))
    await importFigures(figures, 'newer')
    expect((await system.api.call('GET', '/v1/careers/newer?state=TX')).body).toMatchObject({
      facts: [
        { metric: 'employment', geography: 'Texas' },
        { period: 'May 2025', geography: 'United States' },
      ],
    })
  })

  it('are gone with their career, also when its ID is used again', async () => {
    await putRecord(system.api, 'careers', 'brief', aCareer())
    await importFigures(figures, 'brief')
    expect((await system.api.staff('DELETE', '/v1/ops/careers/brief')).status).toBe(204)
    await putRecord(system.api, 'careers', 'brief', aCareer())
    expect((await system.api.call('GET', '/v1/careers/brief/states')).body).toEqual({ slug: 'brief', states: [] })
    expect((await system.api.call('GET', '/v1/careers/nowhere/states')).status).toBe(404)
    expect((await system.api.call('GET', '/v1/careers/brief?state=TX')).body).toMatchObject({ facts: [] })
  })

  it('are refused for a career that does not exist, and with a state twice', async () => {
    expect(await importFigures(figures, 'nowhere')).toMatchObject({ rows: [{ outcome: 'refused' }] })
    const twice = { ...figures, places: [figures.places[0], figures.places[0]] }
    expect(await importFigures(twice)).toMatchObject({ rows: [{ outcome: 'refused' }] })
  })
})
