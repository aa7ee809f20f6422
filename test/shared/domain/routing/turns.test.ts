import { describe, expect, it } from 'vitest'
import { type DecisionInputs, decide } from '#shared/domain/routing/decide.ts'
import { aCandidate } from '#test/builders/catalog.ts'
import { applyDecision, inputs, listSelected } from '#test/builders/routing.ts'

const createWeightedCandidates = (...weights: number[]) =>
  weights.map((weight, at) => aCandidate({ campaign: { id: `w${at}`, weight, priority: at } }))

describe('by weight', () => {
  it.each([[[1, 3]], [[1, 1, 1]], [[5, 3, 2]], [[1, 10, 100]]])(
    '1,000 leads are divided by %j with an error of at most one lead for each campaign',
    (weights) => {
      const winners = listWinners(1000, { candidates: createWeightedCandidates(...weights), method: 'weight' })
      const whole = weights.reduce((sum, weight) => sum + weight, 0)
      for (const [at, weight] of weights.entries())
        expect(Math.abs(winners.filter((id) => id === `w${at}`).length - (1000 * weight) / whole)).toBeLessThanOrEqual(
          weights.length,
        )
    },
  )

  it('the campaign furthest below its share comes first', () => {
    const counters = { 'campaigns#w0': { tally: 2 }, 'campaigns#w1': { tally: 5 } }
    const next = (tally: number) =>
      inputs({
        candidates: createWeightedCandidates(1, 3),
        counters: { ...counters, 'campaigns#w1': { tally } },
        method: 'weight',
        maxSales: 1,
      })
    expect(listSelected(decide(next(5)))).toEqual(['w1'])
    expect(listSelected(decide(next(7)))).toEqual(['w0'])
  })

  it('a refused campaign does not block others', () => {
    const away = aCandidate({ campaign: { id: 'away', weight: 9, status: 'paused' } })
    expect(listWinners(4, { candidates: [away, ...createWeightedCandidates(1)], method: 'weight' })).toEqual(
      Array(4).fill('w0'),
    )
  })
})

describe('by round robin', () => {
  it('each of three campaigns gets every third lead, whatever its weight and priority', () => {
    const winners = listWinners(30, { candidates: createWeightedCandidates(1, 7, 3), method: 'round-robin' })
    for (let turn = 0; turn < 30; turn += 3) expect(new Set(winners.slice(turn, turn + 3)).size).toBe(3)
  })

  it('no campaign is more than one turn ahead if leads are sold to two', () => {
    const winners = listWinners(50, {
      candidates: createWeightedCandidates(1, 1, 1),
      method: 'round-robin',
      maxSales: 2,
    })
    for (let turn = 0; turn <= winners.length; turn += 2) {
      const turns = ['w0', 'w1', 'w2'].map((id) => winners.slice(0, turn).filter((one) => one === id).length)
      expect(Math.max(...turns) - Math.min(...turns)).toBeLessThanOrEqual(1)
    }
  })

  it('detects: turns that are not counted', () => {
    const candidates = createWeightedCandidates(1, 1, 1)
    const winners = Array.from({ length: 30 }, (_, at) =>
      listSelected(decide(inputs({ candidates, method: 'round-robin', maxSales: 1, seed: `lead_${at}` }))),
    ).flat()
    const rounds = Array.from({ length: 10 }, (_, at) => new Set(winners.slice(3 * at, 3 * at + 3)).size)
    expect(rounds.some((winnerCount) => winnerCount < 3)).toBe(true)
  })
})

it.each(['priority', 'price'] as const)('no turns are counted by %s', (method) => {
  const decisionInputs = inputs({ candidates: createWeightedCandidates(1, 1), method })
  expect(applyDecision(decide(decisionInputs), decisionInputs)).toEqual({})
})

/** Who takes lead after lead, each decision carried out before the next. */
function listWinners(leads: number, overrides: Partial<Omit<DecisionInputs, 'profile'>>): string[] {
  let counters: DecisionInputs['counters'] = {}
  return Array.from({ length: leads }).flatMap((_, at) => {
    const decisionInputs = inputs({ maxSales: 1, ...overrides, counters, seed: `lead_${at}` })
    const decision = decide(decisionInputs)
    counters = applyDecision(decision, decisionInputs)
    return listSelected(decision)
  })
}
