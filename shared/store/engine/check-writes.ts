import { countConditionBytes, textBytes } from './check-condition.ts'
import { checkGet, checkKeyText, getTableShape } from './check-read.ts'
import { countItemBytes } from './count-item-bytes.ts'
import { EngineMisuse, type Item, type Key, type Shapes, type TableShape, type Write } from './engine.ts'
import { limits } from './limits.ts'

type Change = Extract<Write, { change: Key }>

/** @throws EngineMisuse that names the limit if DynamoDB would reject the transaction whatever is stored. */
export function checkWrites(shapes: Shapes, writes: readonly Write[]) {
  if (writes.length === 0) throw new EngineMisuse('a transaction without writes')
  if (writes.length > limits.transactionWrites) {
    throw new EngineMisuse(`a transaction of more than ${limits.transactionWrites} writes`)
  }
  const itemKeys = new Set<string>()
  let bytes = 0
  for (const write of writes) {
    const { pk, sk } = getWriteKey(write)
    checkGet(shapes, write.in, { pk, sk })
    if (itemKeys.size === itemKeys.add(JSON.stringify([write.in, pk, sk])).size) {
      throw new EngineMisuse(`two writes to one item of ${write.in} in a transaction`)
    }
    bytes += countWriteBytes(write, getTableShape(shapes, write.in))
    if (write.when) checkExpression(countConditionBytes(write.when))
  }
  if (bytes > limits.transactionBytes) throw new EngineMisuse(`a transaction over ${limits.transactionBytes} bytes`)
}

export function getWriteKey(write: Write): Key {
  const { pk, sk } =
    'put' in write ? write.put : 'change' in write ? write.change : 'delete' in write ? write.delete : write.check
  return { pk, sk }
}

export function checkItemBytes(item: Item) {
  const bytes = countItemBytes(item)
  if (bytes > limits.itemBytes) throw new EngineMisuse(`an item over ${limits.itemBytes} bytes`)
  return bytes
}

function countWriteBytes(write: Write, shape: TableShape) {
  if ('put' in write) {
    checkAttributes(write.put, shape)
    return checkItemBytes(write.put)
  }
  return 'change' in write ? countChangeBytes(write, shape) : countItemBytes(getWriteKey(write))
}

function countChangeBytes(write: Change, shape: TableShape) {
  const { set = {}, add = {}, remove = [] } = write
  const names = [...Object.keys(set), ...Object.keys(add), ...remove]
  if (names.length === 0) throw new EngineMisuse('a change of nothing')
  if (new Set(names).size < names.length) throw new EngineMisuse('a change names an attribute twice')
  if (
    'pk' in set ||
    'sk' in set ||
    'pk' in add ||
    'sk' in add ||
    remove.some((name) => name === 'pk' || name === 'sk')
  ) {
    throw new EngineMisuse('a change of a key attribute')
  }
  for (const [name, step] of Object.entries(add)) {
    if (!Number.isSafeInteger(step)) throw new EngineMisuse(`${name} is to grow by what is not a safe integer`)
  }
  if (write.unique !== undefined && typeof set[write.unique] !== 'string') {
    throw new EngineMisuse(`${write.unique} is to be unique and is not set to a text`)
  }
  checkExpression(names.length * textBytes.change)
  checkAttributes({ ...set, ...add }, shape)
  countItemBytes(Object.fromEntries(remove.map((name) => [name, null])))
  return checkItemBytes({ ...set, ...add, ...getWriteKey(write) })
}

function checkAttributes(item: Item, { indexes }: TableShape) {
  for (const { pk, sk } of Object.values(indexes)) {
    if (item[pk] !== undefined) checkKeyText(pk, item[pk], limits.pkBytes)
    if (item[sk] !== undefined) checkKeyText(sk, item[sk], limits.skBytes)
  }
  const { expiresAt } = item
  if (expiresAt !== undefined && !(Number.isSafeInteger(expiresAt) && Number(expiresAt) >= 0)) {
    throw new EngineMisuse('expiresAt is not in whole epoch seconds')
  }
}

function checkExpression(bytes: number) {
  if (bytes > limits.expressionBytes) throw new EngineMisuse(`an expression over ${limits.expressionBytes} bytes`)
}
