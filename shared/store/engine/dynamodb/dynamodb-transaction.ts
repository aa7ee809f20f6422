import { randomUUID } from 'node:crypto'
import {
  type CancellationReason,
  TransactionCanceledException,
  TransactionInProgressException,
} from '@aws-sdk/client-dynamodb'
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb'
import { applyChange } from '../apply-change.ts'
import { EngineMisuse, EngineThrottled, type Write, type WriteFailure, type WriteOutcome } from '../engine.ts'
import { toEpochSeconds } from '../expiry.ts'
import { computeRetryDelay, retry } from './dynamodb-retry.ts'
import type { DynamodbSettings } from './dynamodb-settings.ts'
import { canStartEmpty, toTransactItem } from './dynamodb-write.ts'
import { throwEngineError } from './throw-engine-error.ts'

/**
 * Writes all or nothing, once: every attempt with the same content has the same token, so that DynamoDB recognizes a
 * repeat after a lost response. A change whose item has expired is sent again as a put of a new item.
 */
export async function runTransaction(
  settings: DynamodbSettings<string>,
  writes: readonly Write[],
): Promise<WriteOutcome> {
  const seconds = toEpochSeconds(settings.now())
  const emptyStarts = new Set<number>()
  let token = randomUUID()
  for (let attempt = 1; ; attempt += 1) {
    const reasons = await send(settings, {
      ClientRequestToken: token,
      TransactItems: writes.map((write, i) =>
        toTransactItem(emptyStarts.has(i) ? toEmptyStartPut(write) : write, settings.tableNames[write.in], seconds),
      ),
    })
    if (!reasons) return { done: true }
    const modeSwitches = writes.map((write, i) => shouldSwitchMode(write, reasons[i], emptyStarts.has(i), seconds))
    const refused = writes.map((_, i) => (modeSwitches[i] ? undefined : failureByCode[reasons[i]?.Code ?? 'None']))
    if (refused.includes('condition')) return { done: false, refused }
    throwUnexpectedReason(reasons)
    if (attempt === retry.attempts) {
      throwIfThrottled(reasons)
      return { done: false, refused: refused.map((failure, i) => (modeSwitches[i] ? 'conflict' : failure)) }
    }
    for (const [i, isSwitched] of modeSwitches.entries()) if (isSwitched && !emptyStarts.delete(i)) emptyStarts.add(i)
    if (modeSwitches.includes(true)) token = randomUUID()
    else await settings.sleep(computeRetryDelay(attempt, settings.random))
  }
}

function toEmptyStartPut(write: Write): Write {
  if (!('change' in write)) return write
  return { in: write.in, put: applyChange(undefined, write), when: { exists: false } }
}

/** Whether a change must be sent in the other mode: as a put because its item has expired, or as an update because an item exists again. */
function shouldSwitchMode(
  write: Write,
  reason: CancellationReason | undefined,
  isEmptyStart: boolean,
  seconds: number,
) {
  if (!('change' in write) || reason?.Code !== 'ConditionalCheckFailed') return false
  if (isEmptyStart) return true
  const isExpired = Number(reason.Item?.expiresAt?.N ?? Number.POSITIVE_INFINITY) <= seconds
  return isExpired && canStartEmpty(write)
}

/** Returns the cancellation reasons, or undefined on success. @throws an error if the outcome is unknown. */
async function send(settings: DynamodbSettings<string>, input: TransactWriteCommandInput) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await settings.client.send(new TransactWriteCommand(input))
      return undefined
    } catch (fault) {
      if (fault instanceof TransactionCanceledException) return fault.CancellationReasons ?? []
      if (!(fault instanceof TransactionInProgressException) || attempt === retry.attempts) throwEngineError(fault)
      await settings.sleep(computeRetryDelay(attempt, settings.random))
    }
  }
}

const throttlingCodes = ['ThrottlingError', 'ProvisionedThroughputExceeded', 'RequestLimitExceeded']
// A throttled write may be sent again like one that met a conflict, so both are the same failure until retries are used up.
const failureByCode: { [code: string]: WriteFailure } = {
  ConditionalCheckFailed: 'condition',
  TransactionConflict: 'conflict',
  ...Object.fromEntries(throttlingCodes.map((code) => [code, 'conflict' as const])),
}

/** @throws EngineThrottled if throttling is the only reason why the transaction was canceled. */
function throwIfThrottled(reasons: readonly CancellationReason[]): void {
  const codes = reasons.flatMap(({ Code: code = 'None' }) => (code === 'None' ? [] : [code]))
  if (codes.every((code) => throttlingCodes.includes(code)))
    throw new EngineThrottled(`DynamoDB throttled a transaction: ${codes.join(', ')}`)
}

function throwUnexpectedReason(reasons: readonly CancellationReason[]) {
  for (const { Code: code = 'None', Message: message = code } of reasons) {
    if (code === 'ValidationError') throw new EngineMisuse(message)
    if (code !== 'None' && !failureByCode[code]) throw new Error(`DynamoDB cancelled a transaction: ${code}`)
  }
}
