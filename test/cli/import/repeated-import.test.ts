import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planCareers } from '#cli/import/careers/plan-careers.ts'
import { fillWages } from '#cli/import/wages/fill-wages.ts'
import { readWages } from '#cli/import/wages/read-wages.ts'
import { wagesSource } from '#shared/domain/catalog/public-sources.ts'
import { aCareer, aFact } from '#test/builders/career.ts'
import '#test/builders/seeded.ts'
import { createOewsRow, inTexas, oewsHeader } from './oews.ts'

const codes = ['29-2071', '29-2072', '29-9021']
const cell = fc.oneof(fc.constantFrom('*', '**', '~', '#', null), fc.nat(100_000))
const rows = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...codes.slice(1)), fc.boolean(), cell, cell), {
    selector: ([code, isTexas]) => `${code} ${isTexas}`,
    minLength: 1,
  })
  .map((all) =>
    all.map(([OCC_CODE, isTexas, A_MEAN, TOT_EMP]) =>
      createOewsRow({ ...(isTexas && inTexas), OCC_CODE, A_MEAN, TOT_EMP }),
    ),
  )
const others = { name: 'A survey', url: 'https://survey.example/' }
const facts = fc.uniqueArray(
  fc
    .record({
      metric: fc.constantFrom('mean-annual-wage', 'employment', 'degree-required'),
      geography: fc.constantFrom('United States', 'Texas', 'Ohio'),
      source: fc.constantFrom(wagesSource, others),
    })
    .map(aFact),
  { selector: ({ metric, geography, source }) => `${metric} ${geography} ${source.name}` },
)
const careers = fc.tuple(facts, fc.subarray(codes)).map(([facts, soc]) => aCareer({ facts, soc }))

describe('a repeated import', () => {
  it('changes nothing the second time, and never a fact of another source', () => {
    fc.assert(
      fc.property(careers, rows, (career, rows) => {
        const sheets = [{ sheet: 'national_M2025_dl', rows: [oewsHeader, ...rows] }]
        const wages = readWages([{ file: 'x.xlsx', sheets }], { isPartial: true })
        const once = fillWages(career, wages)
        const [again] = planCareers([{ id: 'a', version: 1, career: once.career }], (it) => fillWages(it, wages))
        expect(again?.changes).toEqual([])
        for (const fact of career.facts)
          if (fact.source === others || fact.geography === 'Ohio' || fact.metric === 'degree-required')
            expect(once.career.facts).toContainEqual(fact)
      }),
      { numRuns: 500 },
    )
  })
})
