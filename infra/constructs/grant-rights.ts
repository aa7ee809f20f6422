import { Stack } from 'aws-cdk-lib'
import type { ITable } from 'aws-cdk-lib/aws-dynamodb'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager'
import type { IQueue } from 'aws-cdk-lib/aws-sqs'
import type { Rights, TableRight } from '#infra/right.ts'
import type { Table } from '#shared/store/keys.ts'

/** As much of a table and of a secret as a policy needs, so that one from elsewhere will do. */
export type HeldTable = Pick<ITable, 'tableName' | 'tableArn' | 'encryptionKey'>
export type HeldSecret = Pick<ISecret, 'secretArn'>
export type Holdings = {
  tables: { [T in Table]: HeldTable }
  secret: HeldSecret
  /** Absent: there is no edge. */
  edgeSecret?: HeldSecret | undefined
  deliveries: IQueue
  mailFrom: string
  mailSet: string
}

/** What is kept elsewhere, as whoever works with it is handed it. */
export type Kept = Holdings['tables'] & Pick<Holdings, 'secret' | 'edgeSecret'>

/** Makes of one row of the rights table the policy of one Lambda. */
export function grantRights(to: LambdaFunction, rights: Rights, holdings: Holdings): void {
  const allow = (statement: PolicyStatement) => to.addToRolePolicy(statement)
  for (const right of rights.tables) allow(dataStatement(right, holdings.tables[right.table]))
  for (const [name, table] of Object.entries(holdings.tables)) {
    const touching = rights.tables.filter((right) => right.table === name)
    if (table.encryptionKey && touching.length > 0) allow(keyStatement(touching, table.encryptionKey.keyArn, to))
  }
  if (rights.secret) allow(statement(['secretsmanager:GetSecretValue'], [holdings.secret.secretArn]))
  if (rights.edgeSecret && holdings.edgeSecret)
    allow(statement(['secretsmanager:GetSecretValue'], [holdings.edgeSecret.secretArn]))
  if (rights.deliveries) {
    const actions = rights.deliveries.map((action) => `sqs:${action}`)
    allow(statement(actions, [holdings.deliveries.queueArn]))
  }
  if (rights.mail) allow(mailStatement(holdings, to))
}

// ForAllValues also holds where no key is given at all, which no action of the rights table allows.
function dataStatement({ may, keys, index, attributes }: TableRight, { tableArn }: HeldTable): PolicyStatement {
  const writesBlindly = !may.includes('GetItem') && may.some((action) => /^(Put|Update|Delete)Item$/.test(action))
  return statement(
    may.map((action) => `dynamodb:${action}`),
    [index ? `${tableArn}/index/${index}` : tableArn],
    {
      ...(keys !== 'any' && { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...keys] } }),
      ...(attributes && { 'ForAllValues:StringEquals': { 'dynamodb:Attributes': [...attributes] } }),
      ...(writesBlindly && { StringEqualsIfExists: { 'dynamodb:ReturnValues': 'NONE' } }),
    },
  )
}

// DynamoDB uses the key in the caller's name. Spelled out, because ReEncrypt* and GenerateDataKey* are wildcards.
function keyStatement(rights: readonly TableRight[], keyArn: string, to: LambdaFunction): PolicyStatement {
  const reads = ['kms:Decrypt', 'kms:DescribeKey']
  const writes = [
    'kms:Encrypt',
    'kms:GenerateDataKey',
    'kms:GenerateDataKeyWithoutPlaintext',
    'kms:ReEncryptFrom',
    'kms:ReEncryptTo',
  ]
  const onlyReads = rights.every(({ may }) => may.every((action) => action === 'GetItem' || action === 'Query'))
  const viaService = { 'kms:ViaService': `dynamodb.${Stack.of(to).region}.amazonaws.com` }
  return statement(onlyReads ? reads : [...reads, ...writes], [keyArn], { StringEquals: viaService })
}

// SES knows a sender by its address or by its domain, whichever was verified.
function mailStatement({ mailFrom, mailSet }: Holdings, to: LambdaFunction): PolicyStatement {
  const identities = [mailFrom, mailFrom.slice(mailFrom.indexOf('@') + 1)]
  const ses = (resource: string, resourceName: string) =>
    Stack.of(to).formatArn({ service: 'ses', resource, resourceName })
  return statement(
    ['ses:SendEmail'],
    [...identities.map((name) => ses('identity', name)), ses('configuration-set', mailSet)],
    { StringEquals: { 'ses:FromAddress': mailFrom } },
  )
}

function statement(actions: string[], resources: string[], conditions: { [operator: string]: object } = {}) {
  return new PolicyStatement({ actions, resources, conditions })
}
