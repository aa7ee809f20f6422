import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { App } from 'aws-cdk-lib'
import * as z from 'zod'
import { buildApp } from '#infra/build-app.ts'
import type { LambdaName } from '#shared/platform/environments.ts'
import { readSample } from '../synthesize.ts'
import { parseIntrinsic, selectPath, type Template, template } from '../templates/template.ts'
import { startAwsEndpoint } from './start-aws-endpoint.ts'
import { startLambda } from './start-lambda.ts'

/** The stacks of a stage as a deployment would make them, as far as they run: bundles, tables, secrets, variables. */
export async function deployLocally(stage: string, dynamodb: string) {
  const folder = mkdtempSync(join(tmpdir(), 'deployed-'))
  const app = new App({
    outdir: folder,
    context: { 'aws:cdk:enable-asset-metadata': true },
    builtinCloudFormationValidation: false,
  })
  const stacks = buildApp(app, readSample(stage))
  app.synth()
  const readTemplate = (name: string) => template.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')))
  const [storage, service] = [readTemplate(stacks.storage.templateFile), readTemplate(stacks.service.templateFile)]

  const connection = new DynamoDBClient({ endpoint: dynamodb, region, credentials })
  for (const [id, properties] of listResources(storage, 'DynamoDB::Table'))
    await connection.send(
      new CreateTableCommand({ ...tableProperties.parse(properties), TableName: buildPhysicalName(id, folder) }),
    )
  const secrets = Object.fromEntries(
    listResources(storage, 'SecretsManager::Secret').map(([id, properties]) => [
      buildPhysicalName(id, folder),
      generateSecret(properties),
    ]),
  )
  const aws = await startAwsEndpoint({ dynamodb, secrets })

  /** What a value of the template becomes: a name of its own for whatever is pointed at. */
  function resolveValue(value: unknown): string {
    const [how, what] = parseIntrinsic(value) ?? []
    if (how === undefined) return String(value)
    if (how === 'Ref')
      return service.Resources[String(what)]?.Type === 'AWS::SQS::Queue'
        ? `${aws.url}/${what}`
        : buildPhysicalName(String(what), folder)
    const exportedOutput = Object.values(storage.Outputs).find((one) => selectPath(one, 'Export.Name')[0] === what)
    return resolveValue(exportedOutput?.Value)
  }

  /** Where a Lambda's bundle is, and what its template and the runtime tell it. */
  function getSetup(name: LambdaName) {
    const [lambdaResource] = Object.values(service.Resources).filter(({ Properties }) =>
      String(Properties.Description).endsWith(`: ${name}`),
    )
    const variables = z
      .record(z.string(), z.unknown())
      .parse(selectPath(lambdaResource, 'Properties.Environment.Variables')[0])
    const resolvedVariables = Object.entries(variables).map(([variable, value]) => [variable, resolveValue(value)])
    const bundle = join(folder, String(selectPath(lambdaResource, 'Metadata.aws:asset:path')[0]), 'index.js')
    const all: { [variable: string]: string } = {
      ...Object.fromEntries(resolvedVariables),
      ...buildRuntimeVariables(aws.url),
    }
    return { bundle, variables: all }
  }

  const running = new Map<LambdaName, ReturnType<typeof startLambda>>()
  return {
    aws,
    setupOf: getSetup,
    /** Environment variables for every process that calls this AWS endpoint. */
    variables: buildRuntimeVariables(aws.url),
    tableNames: {
      catalog: resolveValue(getTableExport(storage, 'Catalog')),
      leads: resolveValue(getTableExport(storage, 'Leads')),
    },
    edgeSecret: Object.entries(secrets).flatMap(([name, value]) => (name.includes('Edge') ? [value] : []))[0] ?? '',
    /** A Lambda, started when it is first asked for. */
    lambda(name: LambdaName) {
      const started = running.get(name) ?? startLambda(getSetup(name))
      running.set(name, started)
      return started
    },
    async close() {
      for (const lambda of running.values()) lambda.stop()
      connection.destroy()
      await aws.close()
      rmSync(folder, { recursive: true })
    },
  }
}

const region = 'us-east-1'
const credentials = { accessKeyId: 'deployed', secretAccessKey: 'deployed' }
/** What Lambda tells every function, and an emulator besides. */
const buildRuntimeVariables = (endpoint: string) => ({
  AWS_REGION: region,
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  AWS_LAMBDA_FUNCTION_NAME: 'deployed',
  AWS_ENDPOINT_URL: endpoint,
})

// DynamoDB Local knows nothing of keys, backups and expiry.
const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }))
const projection = z.object({
  ProjectionType: z.enum(['ALL', 'INCLUDE', 'KEYS_ONLY']),
  NonKeyAttributes: z.array(z.string()).optional(),
})
const tableProperties = z.object({
  BillingMode: z.literal('PAY_PER_REQUEST'),
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.literal('S') })),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z
    .array(z.object({ IndexName: z.string(), KeySchema: keySchema, Projection: projection }))
    .optional(),
})
const generatedSecret = z.object({
  GenerateSecretString: z.object({ GenerateStringKey: z.string(), PasswordLength: z.int() }),
})

function generateSecret(properties: unknown): string {
  const { GenerateStringKey, PasswordLength } = generatedSecret.parse(properties).GenerateSecretString
  return JSON.stringify({ [GenerateStringKey]: 'x'.repeat(PasswordLength) })
}

function listResources({ Resources }: Template, type: string) {
  return Object.entries(Resources).flatMap(([id, { Type, Properties }]) =>
    Type === `AWS::${type}` ? [[id, Properties] as const] : [],
  )
}

function getTableExport({ Outputs }: Template, table: string): unknown {
  return Outputs[`${table}Table`]?.Value
}

function buildPhysicalName(id: string, folder: string): string {
  return `${id}-${folder.slice(-6)}`
}
