import * as z from 'zod'
import type { Item, Value } from '../engine.ts'
import type { DynamodbReadCalls } from './dynamodb-reads.ts'

type CallAws = (target: string, input: object) => Promise<unknown>

/** DynamoDB's read calls over a small client of its JSON protocol, for Lambdas that only read. */
export function createSignedReadCalls(call: CallAws): DynamodbReadCalls {
  return {
    async getItem({ Key, ...input }) {
      const { Item: item } = getOutput.parse(await call('DynamoDB_20120810.GetItem', { ...input, Key: toKey(Key) }))
      return { Item: item && toItem(item) }
    },
    async query({ ExpressionAttributeValues: values = {}, ExclusiveStartKey: start, ...input }) {
      const { Items: items, LastEvaluatedKey: last } = queryOutput.parse(
        await call('DynamoDB_20120810.Query', {
          ...input,
          ExpressionAttributeValues: toKey(values),
          ...(start && { ExclusiveStartKey: toKey(start) }),
        }),
      )
      return { Items: items.map(toItem), LastEvaluatedKey: last && toItem(last) }
    },
  }
}

/** A read names nothing but keys, which are strings. */
function toKey(key: { [name: string]: unknown }) {
  return Object.fromEntries(Object.entries(key).map(([name, value]) => [name, { S: String(value) }]))
}

function toItem(stored: StoredItem): Item {
  return Object.fromEntries(Object.entries(stored).map(([name, value]) => [name, toValue(value)]))
}

function toValue(stored: StoredValue): Value {
  if (stored.S !== undefined) return stored.S
  if (stored.N !== undefined) return Number(stored.N)
  if (stored.BOOL !== undefined) return stored.BOOL
  if (stored.B !== undefined) return new Uint8Array(Buffer.from(stored.B, 'base64'))
  if (stored.L !== undefined) return stored.L.map(toValue)
  if (stored.M !== undefined) return toItem(stored.M)
  return null
}

/** A value as DynamoDB writes it: an object with one member, named for the type. */
type StoredValue = {
  S?: string
  N?: string
  BOOL?: boolean
  B?: string
  L?: StoredValue[]
  M?: StoredItem
  NULL?: true
}
type StoredItem = { [name: string]: StoredValue }

// AWS's own response, so its values are not looked at one by one.
const storedItem = z.custom<StoredItem>((value) => typeof value === 'object' && value !== null)
const getOutput = z.object({ Item: storedItem.optional() })
const queryOutput = z.object({ Items: z.array(storedItem), LastEvaluatedKey: storedItem.optional() })
