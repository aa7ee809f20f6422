import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { Shapes } from '../engine.ts'

export type DynamodbSettings<Table extends string> = {
  /** The client's own retries stay on: they repeat a call whose response was lost, and every write here can be repeated. */
  client: DynamoDBDocumentClient
  tableNames: { readonly [T in Table]: string }
  shapes: Shapes<Table>
  now: () => Date
  sleep: (milliseconds: number) => Promise<unknown>
  /** At least 0, below 1. */
  random: () => number
}
