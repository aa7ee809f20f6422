import { expect, it } from 'vitest'
import { absentCases, storedCases, storedFields } from './condition-cases.ts'
import type { Subject } from './shapes.ts'

export function conditionClauses(subject: () => Subject) {
  it.each(storedCases)('evaluates $says to $holds', async ({ when, holds }) => {
    const { engine, fresh } = subject()
    const key = { pk: fresh(), sk: 'A' }
    await engine.transact([{ in: 'things', put: { ...key, ...storedFields } }])

    expect(await engine.transact([{ in: 'things', check: key, when }])).toEqual(expectedOutcome(holds))
    expect(await engine.transact([{ in: 'things', change: key, set: { by: 'change' }, when }])).toEqual(
      expectedOutcome(holds),
    )
    expect(await engine.transact([{ in: 'things', put: { ...key, ...storedFields }, when }])).toEqual(
      expectedOutcome(holds),
    )
    expect(await engine.transact([{ in: 'things', delete: key, when }])).toEqual(expectedOutcome(holds))
  })

  it.each(absentCases)('evaluates $says to $holds for an absent item', async ({ when, holds }) => {
    const { engine, fresh } = subject()
    const key = { pk: fresh(), sk: 'A' }

    expect(await engine.transact([{ in: 'things', check: key, when }])).toEqual(expectedOutcome(holds))
    expect(await engine.transact([{ in: 'things', delete: key, when }])).toEqual(expectedOutcome(holds))
    expect(await engine.transact([{ in: 'things', change: key, set: { by: 'change' }, when }])).toEqual(
      expectedOutcome(holds),
    )
    await engine.transact([{ in: 'things', delete: key }])
    expect(await engine.transact([{ in: 'things', put: { ...key, by: 'put' }, when }])).toEqual(expectedOutcome(holds))
  })
}

function expectedOutcome(isDone: boolean) {
  return isDone ? { done: true } : { done: false, refused: ['condition'] }
}
