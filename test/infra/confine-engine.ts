import type { TableAction, TableRight } from '#infra/right.ts'
import { rights } from '#infra/rights.ts'
import type { LambdaName } from '#shared/platform/environments.ts'
import type { Condition, Engine, Write } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'

/** An engine that refuses what IAM would refuse the Lambda, so that a right which is missing shows before it is deployed. */
export function confineEngine(name: LambdaName, engine: Engine<Table>): Engine<Table> {
  const requireRight = (
    action: TableAction,
    table: Table,
    pk: string,
    index?: string,
    attributeNames: string[] = [],
  ) => {
    const rows = rights[name].tables.filter((right) => isCovered(right, action, table, pk, index))
    if (rows.some(({ attributes }) => attributeNames.every((attribute) => attributes?.includes(attribute) ?? true)))
      return
    const attributesText = rows.length > 0 ? ` with ${attributeNames.join(', ')}` : ''
    throw new Error(
      `${name} has no right to ${action} ${pk} in ${index ? `${table}/${index}` : table}${attributesText}`,
    )
  }
  return {
    ...engine,
    async get(from) {
      requireRight('GetItem', from.in, from.key.pk)
      return engine.get(from)
    },
    async query(query) {
      requireRight('Query', query.in, query.pk, query.index)
      return engine.query(query)
    },
    async transact(writes) {
      for (const write of writes)
        requireRight(getAction(write), write.in, getPartition(write), undefined, listNamedAttributes(write))
      return engine.transact(writes)
    },
  }
}

function isCovered(
  { table, index, may, keys }: TableRight,
  action: TableAction,
  requestedTable: Table,
  pk: string,
  requestedIndex?: string,
): boolean {
  return (
    table === requestedTable &&
    index === requestedIndex &&
    may.includes(action) &&
    (keys === 'any' || keys.some((like) => isLike(pk, like)))
  )
}

const expressions = new Map<string, RegExp>()

function isLike(text: string, pattern: string): boolean {
  const expression = expressions.get(pattern) ?? toExpression(pattern)
  expressions.set(pattern, expression)
  return expression.test(text)
}

function toExpression(pattern: string): RegExp {
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 's')
}

function getAction(write: Write): TableAction {
  if ('put' in write) return 'PutItem'
  if ('change' in write) return 'UpdateItem'
  return 'delete' in write ? 'DeleteItem' : 'ConditionCheckItem'
}

function getPartition(write: Write): string {
  if ('put' in write) return write.put.pk
  if ('change' in write) return write.change.pk
  return 'delete' in write ? write.delete.pk : write.check.pk
}

/** What a write names, as DynamoDB would be asked: a change always asks whether its item has expired. */
function listNamedAttributes(write: Write): string[] {
  const conditionAttributes = write.when ? listConditionAttributes(write.when) : []
  if ('put' in write) return [...Object.keys(write.put), ...conditionAttributes]
  if (!('change' in write)) return ['pk', 'sk', ...conditionAttributes]
  const { set = {}, add = {}, remove = [] } = write
  return ['pk', 'sk', 'expiresAt', ...Object.keys(set), ...Object.keys(add), ...remove, ...conditionAttributes]
}

function listConditionAttributes(condition: Condition): string[] {
  if ('all' in condition) return condition.all.flatMap(listConditionAttributes)
  if ('any' in condition) return condition.any.flatMap(listConditionAttributes)
  return 'attribute' in condition ? [condition.attribute] : ['pk']
}
