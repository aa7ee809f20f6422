import { expect, it } from 'vitest'
import { buildPageInput } from '#shared/store/engine/dynamodb/dynamodb-page.ts'
import { toTransactItem } from '#shared/store/engine/dynamodb/dynamodb-write.ts'
import type { Write } from '#shared/store/engine/engine.ts'

const change = { in: 'leads', change: { pk: 'a', sk: 'b' }, set: { sweeps: 1 } } as const
const getReturnValues = (write: Write) => toTransactItem(write, 'Leads', 0).Update?.ReturnValuesOnConditionCheckFailure

it('requests the old item only if an expired one could be replaced or its own write recognized', () => {
  expect(getReturnValues(change)).toBe('ALL_OLD')
  expect(getReturnValues({ ...change, when: { exists: false } })).toBe('ALL_OLD')
  expect(getReturnValues({ ...change, set: { token: 'a' }, unique: 'token', when: { exists: true } })).toBe('ALL_OLD')
  expect(getReturnValues({ ...change, when: { attribute: 'state', is: 'equal', value: 'pending' } })).toBe('NONE')
})

it('reads a table consistently unless the query may lag, and an index never', () => {
  const query = { in: 'leads', pk: 'a', limit: 1 } as const
  const shapes = { leads: { indexes: { due: { pk: 'duePk', sk: 'dueSk', projects: 'all' } } } } as const
  const isConsistent = (more: object) => buildPageInput(shapes, { ...query, ...more }, 'Leads').ConsistentRead
  expect([isConsistent({}), isConsistent({ mayLag: true }), isConsistent({ index: 'due' })]).toEqual([
    true,
    false,
    false,
  ])
})
