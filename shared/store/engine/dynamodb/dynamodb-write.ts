import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb'
import { getWriteKey } from '../check-writes.ts'
import type { Condition, Key, Write } from '../engine.ts'
import { isConditionMet } from '../is-condition-met.ts'
import { toWellFormedItem } from '../to-well-formed.ts'
import { createExpression, type Expression, formatCondition } from './dynamodb-expression.ts'

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number]
export type ItemChange = Extract<Write, { change: Key }>

/** Converts one write to a transaction item. `seconds` is the current time: expired items count as absent. */
export function toTransactItem(write: Write, tableName: string | undefined, seconds: number): TransactItem {
  const builder = createExpression()
  if ('change' in write) return { Update: buildUpdateInput(write, tableName, seconds, builder) }
  const TableName = tableName
  const when = write.when && {
    ConditionExpression: formatUnexpiredCondition(write.when, seconds, builder),
    ...builder.placeholders(),
  }
  if ('put' in write) return { Put: { TableName, Item: toWellFormedItem(write.put), ...when } }
  if ('delete' in write) return { Delete: { TableName, Key: getWriteKey(write), ...when } }
  return { ConditionCheck: { TableName, Key: getWriteKey(write), ConditionExpression: undefined, ...when } }
}

/**
 * The condition is false for an expired item, so that a change never continues its old values. A refusal returns the
 * old item only if its expiry or its unique attribute matters.
 */
export function buildUpdateInput(
  write: ItemChange,
  TableName: string | undefined,
  seconds: number,
  builder: Expression = createExpression(),
) {
  const liveCondition = formatLiveCondition(seconds, builder)
  return {
    TableName,
    Key: getWriteKey(write),
    UpdateExpression: formatUpdate(write, builder),
    ConditionExpression: write.when
      ? `(${liveCondition}) AND (${formatCondition(write.when, builder)})`
      : liveCondition,
    ReturnValuesOnConditionCheckFailure:
      canStartEmpty(write) || write.unique !== undefined ? ('ALL_OLD' as const) : ('NONE' as const),
    ...builder.placeholders(),
  }
}

/** Whether a change may start from an empty item if the stored one has expired. */
export function canStartEmpty({ when }: Pick<ItemChange, 'when'>): boolean {
  return !when || isConditionMet(when, undefined)
}

function formatUnexpiredCondition(when: Condition, seconds: number, builder: Expression) {
  const text = formatCondition(when, builder)
  return isConditionMet(when, undefined)
    ? `${builder.name('expiresAt')} <= ${builder.value(seconds)} OR (${text})`
    : `(${formatLiveCondition(seconds, builder)}) AND (${text})`
}

const formatLiveCondition = (seconds: number, builder: Expression) =>
  `attribute_not_exists(${builder.name('expiresAt')}) OR ${builder.name('expiresAt')} > ${builder.value(seconds)}`

function formatUpdate({ set = {}, add = {}, remove = [] }: ItemChange, builder: Expression) {
  const clauses = {
    SET: Object.entries(set).map(([name, value]) => `${builder.name(name)} = ${builder.value(value)}`),
    ADD: Object.entries(add).map(([name, step]) => `${builder.name(name)} ${builder.value(step)}`),
    REMOVE: remove.map(builder.name),
  }
  return Object.entries(clauses)
    .filter(([, parts]) => parts.length > 0)
    .map(([clause, parts]) => `${clause} ${parts.join(', ')}`)
    .join(' ')
}
