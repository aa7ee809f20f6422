import * as z from 'zod'
import type { EdgeSecrets } from '../../http/edge.ts'
import { createDynamodbReads } from '../../store/engine/dynamodb/dynamodb-reads.ts'
import { createSignedReadCalls } from '../../store/engine/dynamodb/signed-read-calls.ts'
import { tables } from '../../store/keys.ts'
import { systemDependencies } from '../system-dependencies.ts'
import { createAwsJsonClient } from './create-aws-json-client.ts'
import { createEdgeSecretReader } from './create-edge-secret-reader.ts'
import { createSendHttp } from './create-send-http.ts'

/** What a Lambda that only reads pages needs of AWS, without the SDK, which would be half of its bundle. */
export function openReadsOnAws({ CATALOG_TABLE: catalog, EDGE_SECRET_ARN: arn }: ReadEnvironment) {
  const { now } = systemDependencies
  const calls = createSignedReadCalls(createClient('dynamodb'))
  return {
    reads: createDynamodbReads({ calls, tableNames: { catalog, leads: '' }, shapes: tables, now }),
    edgeSecrets: arn === undefined ? undefined : createEdgeSecrets(arn),
  }
}

type ReadEnvironment = { CATALOG_TABLE: string; EDGE_SECRET_ARN?: string }

function createEdgeSecrets(arn: string): EdgeSecrets {
  const call = createClient('secretsmanager')
  const readSecret = async () =>
    secretValue.parse(await call('secretsmanager.GetSecretValue', { SecretId: arn })).SecretString
  return createEdgeSecretReader(readSecret, systemDependencies)
}

function createClient(service: 'dynamodb' | 'secretsmanager') {
  const { AWS_REGION: region = '', AWS_ENDPOINT_URL: endpoint = `https://${service}.${region}.amazonaws.com` } =
    process.env
  return createAwsJsonClient({
    service,
    region,
    endpoint,
    credentials: () => credentials.parse(process.env),
    send: createSendHttp({ timeoutMs: 3000 }),
    ...systemDependencies,
  })
}

const secretValue = z.object({ SecretString: z.string() })
const credentials = z
  .object({
    AWS_ACCESS_KEY_ID: z.string(),
    AWS_SECRET_ACCESS_KEY: z.string(),
    AWS_SESSION_TOKEN: z.string().exactOptional(),
  })
  .transform(({ AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN }) => ({
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN !== undefined && { sessionToken: AWS_SESSION_TOKEN }),
  }))
