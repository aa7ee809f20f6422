import { Metrics } from '@aws-lambda-powertools/metrics'
import { getSecret } from '@aws-lambda-powertools/parameters/secrets'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod'
import type { EdgeSecrets } from '../http/edge.ts'
import { createOidcClient, type OidcClient } from '../outbound/oidc/create-oidc-client.ts'
import { createTurnstileVerifier } from '../outbound/turnstile.ts'
import { createDynamodbEngine } from '../store/engine/dynamodb/dynamodb.ts'
import { refuseWrites } from '../store/engine/refuse-writes.ts'
import { tables } from '../store/keys.ts'
import { createEdgeSecretReader } from './aws/create-edge-secret-reader.ts'
import { deriveKeys } from './derive-keys.ts'
import { type Measure, metricNamespace, metrics } from './metrics.ts'
import { systemDependencies } from './system-dependencies.ts'

type EngineEnvironment = { CATALOG_TABLE?: string; LEADS_TABLE?: string; MAINTENANCE: 'on' | 'off' }

/** The engine on the tables of the Lambda's environment. Tables without an environment variable are unavailable. */
export function createEngineOnAws(environment: EngineEnvironment) {
  const { CATALOG_TABLE: catalog = '', LEADS_TABLE: leads = '' } = environment
  const client = DynamoDBDocumentClient.from(new DynamoDBClient())
  const { now, random, sleep } = systemDependencies
  const engine = createDynamodbEngine({ client, tableNames: { catalog, leads }, shapes: tables, now, sleep, random })
  return environment.MAINTENANCE === 'on' ? refuseWrites(engine) : engine
}

/** Reads the root secret and derives all keys from it. */
export async function deriveKeysOnAws({ SECRET_ARN }: { SECRET_ARN: string }) {
  const { root } = await readServiceSecret(SECRET_ARN)
  return deriveKeys(root)
}

/** Returns the reader of the edge secrets; undefined if there is no edge. */
export function createEdgeSecretsOnAws({
  EDGE_SECRET_ARN: arn,
}: {
  EDGE_SECRET_ARN?: string
}): EdgeSecrets | undefined {
  if (arn === undefined) return undefined
  return createEdgeSecretReader(async () => String(await getSecret(arn, { forceFetch: true })), systemDependencies)
}

/** The Turnstile verifier. Without a Turnstile secret, no token is required. */
export async function createTurnstileOnAws({ SECRET_ARN }: { SECRET_ARN: string }) {
  const secrets = await readServiceSecret(SECRET_ARN)
  return createTurnstileVerifier({ secret: secrets.turnstile })
}

type OidcEnvironment = { SECRET_ARN: string; OIDC_ISSUER?: string; OIDC_CLIENT_ID?: string; OIDC_NAME?: string }

/** The OpenID provider of staff; undefined if the stage has none. Its secret is read when someone signs in by it. */
export function createOidcClientOnAws({ SECRET_ARN, ...environment }: OidcEnvironment): OidcClient | undefined {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_NAME: name } = environment
  if (issuer === undefined || clientId === undefined) return undefined
  const readClientSecret = async () => {
    const secrets = await readServiceSecret(SECRET_ARN)
    if (secrets.oidcClientSecret === undefined) throw new Error('The service secret has no oidcClientSecret.')
    return secrets.oidcClientSecret
  }
  const settings = { issuer, clientId, name: name ?? new URL(issuer).hostname }
  return createOidcClient(settings, { readClientSecret, fetch, now: systemDependencies.now })
}

/** Writes each measurement to the log at once, in CloudWatch's embedded metric format. */
export function createMeasureOnAws({ STAGE }: { STAGE: string }): Measure {
  const metricsClient = new Metrics({ namespace: metricNamespace, serviceName: STAGE })
  return (metric, value) => metricsClient.singleMetric().addMetric(metric, metrics[metric], value)
}

const secretMaxAgeSeconds = 60
/** What the service knows of its own and of accounts elsewhere. */
export async function readServiceSecret(arn: string) {
  return serviceSecret.parse(await getSecret(arn, { transform: 'json', maxAge: secretMaxAgeSeconds }))
}
const serviceSecret = z.object({
  root: z.string().min(64),
  turnstile: z.string().min(1).optional(),
  oidcClientSecret: z.string().min(1).optional(),
  trustedFormApiKey: z.string().min(1).optional(),
  jornayaAccountCode: z.string().min(1).optional(),
})
