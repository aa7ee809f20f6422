import { expect, it } from 'vitest'
import { ofNothing, ofStored, stored } from './condition-cases.ts'
import type { Subject } from './contract.ts'

export function conditionClauses(subject: () => Subject) {
  it.each(ofStored)('$says: $holds', async ({ when, holds }) => {
    const { engine, fresh } = subject()
    const key = { pk: fresh(), sk: 'A' }
    await engine.transact([{ in: 'things', put: { ...key, ...stored } }])

    expect(await engine.transact([{ in: 'things', check: key, when }])).toEqual(outcome(holds))
    expect(await engine.transact([{ in: 'things', change: key, set: { by: 'change' }, when }])).toEqual(outcome(holds))
    expect(await engine.transact([{ in: 'things', put: { ...key, ...stored }, when }])).toEqual(outcome(holds))
    expect(await engine.transact([{ in: 'things', delete: key, when }])).toEqual(outcome(holds))
  })

  it.each(ofNothing)('of an item that is not there, $says: $holds', async ({ when, holds }) => {
    const { engine, fresh } = subject()
    const key = { pk: fresh(), sk: 'A' }

    expect(await engine.transact([{ in: 'things', check: key, when }])).toEqual(outcome(holds))
    expect(await engine.transact([{ in: 'things', delete: key, when }])).toEqual(outcome(holds))
    expect(await engine.transact([{ in: 'things', change: key, set: { by: 'change' }, when }])).toEqual(outcome(holds))
    await engine.transact([{ in: 'things', delete: key }])
    expect(await engine.transact([{ in: 'things', put: { ...key, by: 'put' }, when }])).toEqual(outcome(holds))
  })
}

function outcome(done: boolean) {
  return done ? { done: true } : { done: false, refused: ['condition'] }
}
