import { TransactionConflictException } from '@aws-sdk/client-dynamodb'
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import { keyOf } from '../check-writes.ts'
import type { Outcome, Write } from '../engine.ts'
import { wellFormedItem } from '../well-formed.ts'
import type { DynamodbSettings } from './dynamodb.ts'
import { asMisuse } from './dynamodb-misuse.ts'
import { pauseAfter, retry } from './dynamodb-retry.ts'

/**
 * A lone put or delete without a condition, at half the price of a transaction. Only these: repeated after a lost answer
 * they do no harm, where a condition would see its own write and an addition would count twice.
 */
export const singleWrite = {
  serves: (write: Write) => write.when === undefined && ('put' in write || 'delete' in write),

  async send(settings: DynamodbSettings<string>, write: Write): Promise<Outcome> {
    const TableName = settings.tableNames[write.in]
    for (let attempt = 1; ; attempt += 1) {
      try {
        await ('put' in write
          ? settings.client.send(new PutCommand({ TableName, Item: wellFormedItem(write.put) }))
          : settings.client.send(new DeleteCommand({ TableName, Key: keyOf(write) })))
        return { done: true }
      } catch (fault) {
        if (!(fault instanceof TransactionConflictException)) asMisuse(fault)
        if (attempt === retry.attempts) return { done: false, refused: ['conflict'] }
        await settings.sleep(pauseAfter(attempt, settings.random))
      }
    }
  },
}
