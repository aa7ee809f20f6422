import { describe, expect, it } from 'vitest'
import { decide, type Inputs } from '#shared/domain/routing/decide.ts'
import { aCandidate } from '#test/builders/catalog.ts'
import { counted, inputs, selected } from '#test/builders/routing.ts'

const weighing = (...weights: number[]) =>
  weights.map((weight, at) => aCandidate({ campaign: { id: `w${at}`, weight, priority: at } }))

describe('by weight', () => {
  it.each([[[1, 3]], [[1, 1, 1]], [[5, 3, 2]], [[1, 10, 100]]])(
    'shares of 1,000 leads come within one lead for each campaign of %j',
    (weights) => {
      const taken = takersOf(1000, { candidates: weighing(...weights), method: 'weight' })
      const whole = weights.reduce((sum, weight) => sum + weight, 0)
      for (const [at, weight] of weights.entries())
        expect(Math.abs(taken.filter((id) => id === `w${at}`).length - (1000 * weight) / whole)).toBeLessThanOrEqual(
          weights.length,
        )
    },
  )

  it('whoever is furthest from its target comes first', () => {
    const counters = { 'campaigns#w0': { tally: 2 }, 'campaigns#w1': { tally: 5 } }
    const next = (tally: number) =>
      inputs({
        candidates: weighing(1, 3),
        counters: { ...counters, 'campaigns#w1': { tally } },
        method: 'weight',
        maxSales: 1,
      })
    expect(selected(decide(next(5)))).toEqual(['w1'])
    expect(selected(decide(next(7)))).toEqual(['w0'])
  })

  it('one that is refused holds nobody up', () => {
    const away = aCandidate({ campaign: { id: 'away', weight: 9, status: 'paused' } })
    expect(takersOf(4, { candidates: [away, ...weighing(1)], method: 'weight' })).toEqual(Array(4).fill('w0'))
  })
})

describe('by round robin', () => {
  it('each of three takes every third lead, strictly, whatever their weight and priority', () => {
    const taken = takersOf(30, { candidates: weighing(1, 7, 3), method: 'round-robin' })
    for (let turn = 0; turn < 30; turn += 3) expect(new Set(taken.slice(turn, turn + 3)).size).toBe(3)
  })

  it('where a lead is sold to two, no campaign is ever more than one turn ahead', () => {
    const taken = takersOf(50, { candidates: weighing(1, 1, 1), method: 'round-robin', maxSales: 2 })
    for (let turn = 0; turn <= taken.length; turn += 2) {
      const turns = ['w0', 'w1', 'w2'].map((id) => taken.slice(0, turn).filter((one) => one === id).length)
      expect(Math.max(...turns) - Math.min(...turns)).toBeLessThanOrEqual(1)
    }
  })

  it('rotates no more once turns are not counted: the check would see it', () => {
    const candidates = weighing(1, 1, 1)
    const taken = Array.from({ length: 30 }, (_, at) =>
      selected(decide(inputs({ candidates, method: 'round-robin', maxSales: 1, seed: `lead_${at}` }))),
    ).flat()
    const rounds = Array.from({ length: 10 }, (_, at) => new Set(taken.slice(3 * at, 3 * at + 3)).size)
    expect(rounds.some((takers) => takers < 3)).toBe(true)
  })
})

it.each(['priority', 'price'] as const)('by %s no turns are counted', (method) => {
  const given = inputs({ candidates: weighing(1, 1), method })
  expect(counted(decide(given), given)).toEqual({})
})

/** Who takes lead after lead, each decision carried out before the next. */
function takersOf(leads: number, given: Partial<Omit<Inputs, 'enquiry'>>): string[] {
  let counters: Inputs['counters'] = {}
  return Array.from({ length: leads }).flatMap((_, at) => {
    const asked = inputs({ maxSales: 1, ...given, counters, seed: `lead_${at}` })
    const decision = decide(asked)
    counters = counted(decision, asked)
    return selected(decision)
  })
}
