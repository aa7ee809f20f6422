import { describe, expect, it } from 'vitest'
import { aFact } from '#test/builders/career.ts'
import { findKeyFigures } from '#web/landing/sections/render-key-figures.ts'

const wage = (metric: string, value: number, overrides: Parameters<typeof aFact>[0] = {}) =>
  aFact({ metric, value, statistic: metric.startsWith('mean') ? 'mean' : 'median', ...overrides })
const old = { period: 'May 2020', asOf: '2021-04-01T00:00:00Z' }

describe('the key figures of a career', () => {
  it('are the newest national ones', () => {
    const { pay } = findKeyFigures([
      wage('median-annual-wage', 40_000, old),
      wage('median-annual-wage', 50_000),
      wage('median-annual-wage', 90_000, { geography: 'Texas' }),
      wage('median-annual-wage-29-9021', 70_000),
    ])
    expect(pay?.value).toBe(50_000)
  })

  it('have a range only from percentiles of the same release', () => {
    const median = wage('median-annual-wage', 50_000)
    const low = wage('annual-wage-10th-percentile', 30_000)
    const high = wage('annual-wage-90th-percentile', 80_000)
    expect(findKeyFigures([median, low, high]).range).toEqual({ low: 30_000, high: 80_000 })
    expect(findKeyFigures([median, low, { ...high, ...old }]).range).toBeUndefined()
    expect(findKeyFigures([low, high]).range).toBeUndefined()
  })

  it('take the average pay if there is no typical pay, and a top-coded typical pay in words', () => {
    expect(findKeyFigures([wage('mean-annual-wage', 45_000)]).pay?.statistic).toBe('mean')
    const topCoded = aFact({ value: '$239,200 or more' })
    expect(findKeyFigures([topCoded, wage('mean-annual-wage', 254_620)]).pay).toEqual(topCoded)
  })
})
