import { Aws, Stack } from 'aws-cdk-lib'
import type { ITable } from 'aws-cdk-lib/aws-dynamodb'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager'
import type { IQueue } from 'aws-cdk-lib/aws-sqs'
import type { Rights, TableRight } from '#infra/right.ts'
import type { Table } from '#shared/store/keys.ts'

/** What a policy needs of a table or a secret, so that resources of another stack can be passed. */
export type TableReference = Pick<ITable, 'tableName' | 'tableArn' | 'encryptionKey'>
export type SecretReference = Pick<ISecret, 'secretArn'>
export type ServiceResources = {
  tables: { [T in Table]: TableReference }
  secret: SecretReference
  /** Absent: there is no edge. */
  edgeSecret?: SecretReference | undefined
  deliveries: IQueue
  mailFrom: string
  mailSet: string
}

/** The resources of the storage stack that the service stack uses. */
export type StorageResources = ServiceResources['tables'] & Pick<ServiceResources, 'secret' | 'edgeSecret'>

/** Grants a Lambda the rights of its row in the rights table, and no others. */
export function grantRights(lambda: LambdaFunction, rights: Rights, resources: ServiceResources): void {
  const allow = (statement: PolicyStatement) => lambda.addToRolePolicy(statement)
  for (const right of rights.tables) allow(buildDataStatement(right, resources.tables[right.table]))
  for (const [name, table] of Object.entries(resources.tables)) {
    const tableRights = rights.tables.filter((right) => right.table === name)
    if (table.encryptionKey && tableRights.length > 0)
      allow(buildKeyStatement(tableRights, table.encryptionKey.keyArn, lambda))
  }
  if (rights.secret) allow(buildStatement(['secretsmanager:GetSecretValue'], [resources.secret.secretArn]))
  if (rights.edgeSecret && resources.edgeSecret)
    allow(buildStatement(['secretsmanager:GetSecretValue'], [resources.edgeSecret.secretArn]))
  if (rights.deliveries) {
    const actions = rights.deliveries.map((action) => `sqs:${action}`)
    allow(buildStatement(actions, [resources.deliveries.queueArn]))
  }
  if (rights.mail) allow(buildMailStatement(resources))
}

// ForAllValues also matches a request without keys, but every action of the rights table requires keys.
function buildDataStatement(
  { may, keys, index, attributes }: TableRight,
  { tableArn }: TableReference,
): PolicyStatement {
  const isBlindWrite = !may.includes('GetItem') && may.some((action) => /^(Put|Update|Delete)Item$/.test(action))
  return buildStatement(
    may.map((action) => `dynamodb:${action}`),
    [index ? `${tableArn}/index/${index}` : tableArn],
    {
      ...(keys !== 'any' && { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...keys] } }),
      ...(attributes && { 'ForAllValues:StringEquals': { 'dynamodb:Attributes': [...attributes] } }),
      ...(isBlindWrite && { StringEqualsIfExists: { 'dynamodb:ReturnValues': 'NONE' } }),
    },
  )
}

// DynamoDB uses the key on behalf of the caller. Actions are listed because ReEncrypt* and GenerateDataKey* are wildcards.
function buildKeyStatement(rights: readonly TableRight[], keyArn: string, lambda: LambdaFunction): PolicyStatement {
  const readActions = ['kms:Decrypt', 'kms:DescribeKey']
  const writeActions = [
    'kms:Encrypt',
    'kms:GenerateDataKey',
    'kms:GenerateDataKeyWithoutPlaintext',
    'kms:ReEncryptFrom',
    'kms:ReEncryptTo',
  ]
  const isReadOnly = rights.every(({ may }) => may.every((action) => action === 'GetItem' || action === 'Query'))
  const viaService = { 'kms:ViaService': `dynamodb.${Stack.of(lambda).region}.amazonaws.com` }
  return buildStatement(isReadOnly ? readActions : [...readActions, ...writeActions], [keyArn], {
    StringEquals: viaService,
  })
}

/**
 * The condition holds the sender. The identity cannot be named: SES asks for the address, its domain or a parent domain,
 * whichever is verified, and in the sandbox for the identity of the recipient too.
 */
function buildMailStatement({ mailFrom, mailSet }: ServiceResources): PolicyStatement {
  const formatSesArn = (resource: string, resourceName: string) =>
    // Pseudo parameters, so that the accepted finding of cdk-nag has the same name in every region and account.
    `arn:${Aws.PARTITION}:ses:${Aws.REGION}:${Aws.ACCOUNT_ID}:${resource}/${resourceName}`
  return buildStatement(
    ['ses:SendEmail'],
    [formatSesArn('identity', '*'), formatSesArn('configuration-set', mailSet)],
    { StringEquals: { 'ses:FromAddress': mailFrom } },
  )
}

function buildStatement(actions: string[], resources: string[], conditions: { [operator: string]: object } = {}) {
  return new PolicyStatement({ actions, resources, conditions })
}
