import { randomUUID } from 'node:crypto'
import {
  type CancellationReason,
  TransactionCanceledException,
  TransactionInProgressException,
} from '@aws-sdk/client-dynamodb'
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb'
import { changedItem } from '../changed-item.ts'
import { EngineMisuse, type Outcome, type Refused, type Write } from '../engine.ts'
import { epochSeconds } from '../expiry.ts'
import type { DynamodbSettings } from './dynamodb.ts'
import { asMisuse } from './dynamodb-misuse.ts'
import { pauseAfter, retry } from './dynamodb-retry.ts'
import { beginsAnew, transactItem } from './dynamodb-write.ts'

/**
 * All or nothing, and once: every try of the same content carries the same token, so that DynamoDB knows a repeat
 * after a lost answer. A change that finds its item expired goes on as a put of what it makes from nothing.
 */
export async function transaction(settings: DynamodbSettings<string>, writes: readonly Write[]): Promise<Outcome> {
  const seconds = epochSeconds(settings.now())
  const anew = new Set<number>()
  let token = randomUUID()
  for (let attempt = 1; ; attempt += 1) {
    const reasons = await send(settings, {
      ClientRequestToken: token,
      TransactItems: writes.map((write, i) =>
        transactItem(anew.has(i) ? beginning(write) : write, settings.tableNames[write.in], seconds),
      ),
    })
    if (!reasons) return { done: true }
    const turns = writes.map((write, i) => isTurned(write, reasons[i], anew.has(i), seconds))
    const refused = writes.map((_, i) => (turns[i] ? undefined : refusals[reasons[i]?.Code ?? 'None']))
    if (refused.includes('condition')) return { done: false, refused }
    throwOther(reasons)
    if (attempt === retry.attempts) {
      return { done: false, refused: refused.map((found, i) => (turns[i] ? 'conflict' : found)) }
    }
    for (const [i, turned] of turns.entries()) if (turned && !anew.delete(i)) anew.add(i)
    if (turns.includes(true)) token = randomUUID()
    else await settings.sleep(pauseAfter(attempt, settings.random))
  }
}

function beginning(write: Write): Write {
  if (!('change' in write)) return write
  return { in: write.in, put: changedItem(undefined, write), when: { exists: false } }
}

/** Whether a change must now be told the other way: from nothing, as its item has expired, or not, as one has come since. */
function isTurned(write: Write, reason: CancellationReason | undefined, anew: boolean, seconds: number) {
  if (!('change' in write) || reason?.Code !== 'ConditionalCheckFailed') return false
  if (anew) return true
  const expired = Number(reason.Item?.expiresAt?.N ?? Number.POSITIVE_INFINITY) <= seconds
  return expired && beginsAnew(write)
}

/** The reasons for a refusal, or undefined once it is done. Throws where the outcome is unknown. */
async function send(settings: DynamodbSettings<string>, input: TransactWriteCommandInput) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await settings.client.send(new TransactWriteCommand(input))
      return undefined
    } catch (fault) {
      if (fault instanceof TransactionCanceledException) return fault.CancellationReasons ?? []
      if (!(fault instanceof TransactionInProgressException) || attempt === retry.attempts) asMisuse(fault)
      await settings.sleep(pauseAfter(attempt, settings.random))
    }
  }
}

const refusals: { [code: string]: Refused } = {
  ConditionalCheckFailed: 'condition',
  TransactionConflict: 'conflict',
  ThrottlingError: 'conflict',
  ProvisionedThroughputExceeded: 'conflict',
  RequestLimitExceeded: 'conflict',
}

function throwOther(reasons: readonly CancellationReason[]) {
  for (const { Code: code = 'None', Message: message = code } of reasons) {
    if (code === 'ValidationError') throw new EngineMisuse(message)
    if (code !== 'None' && !refusals[code]) throw new Error(`DynamoDB cancelled a transaction: ${code}`)
  }
}
