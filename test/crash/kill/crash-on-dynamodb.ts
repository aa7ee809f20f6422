import { tables } from '#shared/store/keys.ts'
import { dynamodbTables } from '#test/dynamodb-tables.ts'
import type { Result } from '../proof/proof.ts'
import { crash, type Trial } from './crash-proof.ts'

/** The host dies and DynamoDB lives on, as on AWS. */
export async function crashOnDynamodb({
  endpoint,
  ...trial
}: Omit<Trial, 'host'> & { endpoint: string }): Promise<Result> {
  const { tableNames, connection } = await dynamodbTables(endpoint, tables)
  connection.destroy()
  return crash({ ...trial, host: { dynamodb: { endpoint, tableNames } } })
}
