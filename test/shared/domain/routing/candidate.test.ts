import { describe, expect, it } from 'vitest'
import {
  careerStatePairs,
  everywhere,
  findSelectedCandidates,
  mergeCandidates,
} from '#shared/domain/routing/candidate.ts'
import { aCandidate, aProgram } from '#test/builders/catalog.ts'

describe('careerStatePairs', () => {
  it('lists each career and state of the programs of a campaign', () => {
    const pairs = careerStatePairs({
      programs: [
        aProgram({ id: 'a', careerSlugs: ['coder', 'nurse'], states: ['TX', 'OH'] }),
        aProgram({ id: 'b', careerSlugs: ['coder'], states: ['TX'] }),
        aProgram({ id: 'c', careerSlugs: ['coder'] }),
      ],
    }).map(({ careerSlug, state, programs }) => [careerSlug, state, programs.map(({ id }) => id).join('+')])

    expect(pairs.toSorted()).toEqual([
      ['coder', everywhere, 'c'],
      ['coder', 'OH', 'a'],
      ['coder', 'TX', 'a+b'],
      ['nurse', 'OH', 'a'],
      ['nurse', 'TX', 'a'],
    ])
  })

  it('lists a program once, even if it names a career or state twice', () => {
    const twice = { ...aProgram(), careerSlugs: ['coder', 'coder'], states: ['TX' as const, 'TX' as const] }
    expect(careerStatePairs({ programs: [twice] })).toMatchObject([{ programs: [{ id: 'program' }] }])
  })
})

it('findSelectedCandidates looks up only what was selected, among a thousand candidates', () => {
  let readCount = 0
  const candidates = Array.from({ length: 1000 }, (_, number) => {
    const candidate = aCandidate({ campaign: { id: `c${number}` }, programs: [{ id: `p${number}` }] })
    const { id } = candidate.campaign
    Object.defineProperty(candidate.campaign, 'id', {
      get() {
        readCount += 1
        return id
      },
    })
    return candidate
  })
  const verdicts = Array.from({ length: 1000 }, (_, number) => ({
    selected: number === 500,
    campaignId: `c${number}`,
    programId: `p${number}`,
  }))
  const [selected, ...others] = findSelectedCandidates(verdicts, candidates)
  expect([selected?.program.id, others]).toEqual(['p500', []])
  expect(readCount).toBeLessThanOrEqual(1000)
})

it('mergeCandidates merges a campaign of one state and of all states into one candidate with the programs of both', () => {
  const [here, elsewhere] = ['here', 'elsewhere'].map((id) =>
    aCandidate({ campaign: { id: 'one' }, programs: [{ id }] }),
  )
  const other = aCandidate({ campaign: { id: 'other' } })

  const merged = mergeCandidates(here ? [here] : [], elsewhere ? [elsewhere, other] : [])

  expect(merged.map(({ campaign, programs }) => [campaign.id, programs.map(({ id }) => id)])).toEqual([
    ['one', ['here', 'elsewhere']],
    ['other', ['program-1-of-other']],
  ])
})
