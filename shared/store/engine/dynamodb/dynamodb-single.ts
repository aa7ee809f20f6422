import { TransactionConflictException } from '@aws-sdk/client-dynamodb'
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import { getWriteKey } from '../check-writes.ts'
import type { Write, WriteOutcome } from '../engine.ts'
import { toWellFormedItem } from '../to-well-formed.ts'
import { computeRetryDelay, retry } from './dynamodb-retry.ts'
import type { DynamodbSettings } from './dynamodb-settings.ts'
import { throwEngineError } from './throw-engine-error.ts'

/**
 * Sends a single put or delete without a condition, at half the price of a transaction. Only these can be repeated
 * after a lost response: a condition would meet its own write, and an addition would count twice.
 */
export const singleWrite = {
  canSend: (write: Write) => write.when === undefined && ('put' in write || 'delete' in write),

  async send(settings: DynamodbSettings<string>, write: Write): Promise<WriteOutcome> {
    const TableName = settings.tableNames[write.in]
    for (let attempt = 1; ; attempt += 1) {
      try {
        await ('put' in write
          ? settings.client.send(new PutCommand({ TableName, Item: toWellFormedItem(write.put) }))
          : settings.client.send(new DeleteCommand({ TableName, Key: getWriteKey(write) })))
        return { done: true }
      } catch (fault) {
        if (!(fault instanceof TransactionConflictException)) throwEngineError(fault)
        if (attempt === retry.attempts) return { done: false, refused: ['conflict'] }
        await settings.sleep(computeRetryDelay(attempt, settings.random))
      }
    }
  },
}
