import { ConditionalCheckFailedException, TransactionConflictException } from '@aws-sdk/client-dynamodb'
import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { getWriteKey } from '../check-writes.ts'
import type { Write, WriteOutcome } from '../engine.ts'
import { toEpochSeconds } from '../expiry.ts'
import { toWellFormedItem } from '../to-well-formed.ts'
import { computeRetryDelay, retry } from './dynamodb-retry.ts'
import type { DynamodbSettings } from './dynamodb-settings.ts'
import { buildUpdateInput, canStartEmpty, type ItemChange } from './dynamodb-write.ts'
import { throwEngineError } from './throw-engine-error.ts'

/**
 * Sends a single write at half the price of a transaction: a put or delete without a condition, or a change that is
 * recognized by its unique attribute. Others cannot be repeated after a lost response: a condition would meet its own
 * write, and an addition would count twice.
 */
export const singleWrite = {
  canSend: (write: Write) =>
    'change' in write ? write.unique !== undefined : write.when === undefined && ('put' in write || 'delete' in write),

  /** `expired`: a change met an expired item, which only a transaction replaces. */
  async send(settings: DynamodbSettings<string>, write: Write): Promise<WriteOutcome | 'expired'> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await sendOnce(settings, write)
        return { done: true }
      } catch (fault) {
        if (fault instanceof ConditionalCheckFailedException && 'change' in write)
          return readRefusal(fault, write, toEpochSeconds(settings.now()))
        if (!(fault instanceof TransactionConflictException)) throwEngineError(fault)
        if (attempt === retry.attempts) return { done: false, refused: ['conflict'] }
        await settings.sleep(computeRetryDelay(attempt, settings.random))
      }
    }
  },
}

async function sendOnce({ client, tableNames, now }: DynamodbSettings<string>, write: Write): Promise<void> {
  const TableName = tableNames[write.in]
  if ('put' in write) await client.send(new PutCommand({ TableName, Item: toWellFormedItem(write.put) }))
  else if ('change' in write)
    await client.send(new UpdateCommand(buildUpdateInput(write, TableName, toEpochSeconds(now()))))
  else await client.send(new DeleteCommand({ TableName, Key: getWriteKey(write) }))
}

/** A refused change that finds its unique attribute in the item was done before, and its response was lost. */
function readRefusal(
  { Item: item = {} }: ConditionalCheckFailedException,
  write: ItemChange,
  seconds: number,
): WriteOutcome | 'expired' {
  const { unique = '', set = {} } = write
  if (item[unique]?.S === set[unique]) return { done: true }
  const isExpired = Number(item.expiresAt?.N ?? Number.POSITIVE_INFINITY) <= seconds
  return isExpired && canStartEmpty(write) ? 'expired' : { done: false, refused: ['condition'] }
}
