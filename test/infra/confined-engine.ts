import type { Action, TableRight } from '#infra/right.ts'
import { rights } from '#infra/rights.ts'
import type { Lambda } from '#shared/platform/environment.ts'
import type { Condition, Engine, Write } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'

/** An engine that refuses what IAM would refuse the Lambda, so that a right which is missing shows before it is deployed. */
export function confinedEngine(name: Lambda, engine: Engine<Table>): Engine<Table> {
  const demand = (action: Action, table: Table, pk: string, index?: string, named: string[] = []) => {
    const rows = rights[name].tables.filter((right) => covers(right, action, table, pk, index))
    if (rows.some(({ attributes }) => named.every((attribute) => attributes?.includes(attribute) ?? true))) return
    const of = rows.length > 0 ? ` with ${named.join(', ')}` : ''
    throw new Error(`${name} has no right to ${action} ${pk} in ${index ? `${table}/${index}` : table}${of}`)
  }
  return {
    async get(from) {
      demand('GetItem', from.in, from.key.pk)
      return engine.get(from)
    },
    async query(query) {
      demand('Query', query.in, query.pk, query.index)
      return engine.query(query)
    },
    async transact(writes) {
      for (const write of writes) demand(actionOf(write), write.in, partitionOf(write), undefined, namedIn(write))
      return engine.transact(writes)
    },
  }
}

function covers({ table, index, may, keys }: TableRight, action: Action, in_: Table, pk: string, of?: string): boolean {
  return (
    table === in_ && index === of && may.includes(action) && (keys === 'any' || keys.some((like) => isLike(pk, like)))
  )
}

function isLike(text: string, pattern: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 's').test(text)
}

function actionOf(write: Write): Action {
  if ('put' in write) return 'PutItem'
  if ('change' in write) return 'UpdateItem'
  return 'delete' in write ? 'DeleteItem' : 'ConditionCheckItem'
}

function partitionOf(write: Write): string {
  if ('put' in write) return write.put.pk
  if ('change' in write) return write.change.pk
  return 'delete' in write ? write.delete.pk : write.check.pk
}

/** What a write names, as DynamoDB would be asked: a change always asks whether its item has expired. */
function namedIn(write: Write): string[] {
  const asked = write.when ? askedIn(write.when) : []
  if ('put' in write) return [...Object.keys(write.put), ...asked]
  if (!('change' in write)) return ['pk', 'sk', ...asked]
  const { set = {}, add = {}, remove = [] } = write
  return ['pk', 'sk', 'expiresAt', ...Object.keys(set), ...Object.keys(add), ...remove, ...asked]
}

function askedIn(condition: Condition): string[] {
  if ('all' in condition) return condition.all.flatMap(askedIn)
  if ('any' in condition) return condition.any.flatMap(askedIn)
  return 'attribute' in condition ? [condition.attribute] : ['pk']
}
