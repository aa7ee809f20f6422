import { tables } from '#shared/store/keys.ts'
import { dynamodbTables } from '#test/dynamodb-tables.ts'
import type { ProofResult } from '../proof/proof.ts'
import { type CrashTrial, runCrashTrial } from './run-crash-trial.ts'

/** Kills the host while DynamoDB keeps running, as on AWS. */
export async function runCrashTrialOnDynamodb({
  endpoint,
  ...trial
}: Omit<CrashTrial, 'host'> & { endpoint: string }): Promise<ProofResult> {
  const { tableNames, connection } = await dynamodbTables(endpoint, tables)
  connection.destroy()
  return runCrashTrial({ ...trial, host: { dynamodb: { endpoint, tableNames } } })
}
