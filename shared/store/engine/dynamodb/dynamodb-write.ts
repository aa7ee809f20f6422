import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb'
import { keyOf } from '../check-writes.ts'
import { conditionHolds } from '../condition-holds.ts'
import type { Condition, Key, Write } from '../engine.ts'
import { wellFormedItem } from '../well-formed.ts'
import { conditionText, type Expression, expression } from './dynamodb-expression.ts'

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number]
type Change = Extract<Write, { change: Key }>

/** One write of a transaction. `seconds` is now: what expired by then counts as absent. */
export function transactItem(write: Write, tableName: string | undefined, seconds: number): TransactItem {
  const said = expression()
  if ('change' in write) return { Update: changeInput(write, tableName, seconds, said) }
  const TableName = tableName
  const when = write.when && { ConditionExpression: unlessExpired(write.when, seconds, said), ...said.placeholders() }
  if ('put' in write) return { Put: { TableName, Item: wellFormedItem(write.put), ...when } }
  if ('delete' in write) return { Delete: { TableName, Key: keyOf(write), ...when } }
  return { ConditionCheck: { TableName, Key: keyOf(write), ConditionExpression: undefined, ...when } }
}

/**
 * Never holds for an expired item, so that its remains are not built upon. What was there comes back with the refusal
 * where it matters whether it had expired, and else it stays where it is.
 */
function changeInput(write: Change, TableName: string | undefined, seconds: number, said: Expression) {
  const live = liveText(seconds, said)
  return {
    TableName,
    Key: keyOf(write),
    UpdateExpression: changeText(write, said),
    ConditionExpression: write.when ? `(${live}) AND (${conditionText(write.when, said)})` : live,
    ReturnValuesOnConditionCheckFailure: beginsAnew(write) ? ('ALL_OLD' as const) : ('NONE' as const),
    ...said.placeholders(),
  }
}

/** Whether an item that has expired is begun anew. */
export function beginsAnew({ when }: Pick<Change, 'when'>): boolean {
  return !when || conditionHolds(when, undefined)
}

function unlessExpired(when: Condition, seconds: number, said: Expression) {
  const text = conditionText(when, said)
  return conditionHolds(when, undefined)
    ? `${said.name('expiresAt')} <= ${said.value(seconds)} OR (${text})`
    : `(${liveText(seconds, said)}) AND (${text})`
}

const liveText = (seconds: number, said: Expression) =>
  `attribute_not_exists(${said.name('expiresAt')}) OR ${said.name('expiresAt')} > ${said.value(seconds)}`

function changeText({ set = {}, add = {}, remove = [] }: Change, said: Expression) {
  const clauses = {
    SET: Object.entries(set).map(([name, value]) => `${said.name(name)} = ${said.value(value)}`),
    ADD: Object.entries(add).map(([name, step]) => `${said.name(name)} ${said.value(step)}`),
    REMOVE: remove.map(said.name),
  }
  return Object.entries(clauses)
    .filter(([, parts]) => parts.length > 0)
    .map(([clause, parts]) => `${clause} ${parts.join(', ')}`)
    .join(' ')
}
