import { expect, it } from 'vitest'
import { transactItem } from '#shared/store/engine/dynamodb/dynamodb-write.ts'
import type { Write } from '#shared/store/engine/engine.ts'

const change = { in: 'leads', change: { pk: 'a', sk: 'b' }, set: { sweeps: 1 } } as const
const handedBack = (write: Write) => transactItem(write, 'Leads', 0).Update?.ReturnValuesOnConditionCheckFailure

it('asks for the item back only where one that has expired would be begun anew', () => {
  expect(handedBack(change)).toBe('ALL_OLD')
  expect(handedBack({ ...change, when: { exists: false } })).toBe('ALL_OLD')
  expect(handedBack({ ...change, when: { attribute: 'state', is: 'equal', value: 'pending' } })).toBe('NONE')
})
