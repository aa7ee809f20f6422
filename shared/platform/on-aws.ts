import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Logger } from '@aws-lambda-powertools/logger'
import { Metrics } from '@aws-lambda-powertools/metrics'
import { getSecret } from '@aws-lambda-powertools/parameters/secrets'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { Context } from 'aws-lambda'
import * as z from 'zod'
import type { EdgeSecrets } from '../http/edge.ts'
import { createTurnstileVerifier } from '../outbound/turnstile.ts'
import { createDynamodbEngine } from '../store/engine/dynamodb/dynamodb.ts'
import { refuseWrites } from '../store/engine/refuse-writes.ts'
import { tables } from '../store/keys.ts'
import { deriveKeys } from './derive-keys.ts'
import type { Log } from './log.ts'
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
  const { root } = serviceSecret.parse(await getSecret(SECRET_ARN, { transform: 'json', maxAge: secretMaxAgeSeconds }))
  return deriveKeys(root)
}

/** Returns the reader of the edge secrets; undefined if there is no edge. */
export function createEdgeSecretsOnAws({
  EDGE_SECRET_ARN: arn,
}: {
  EDGE_SECRET_ARN?: string
}): EdgeSecrets | undefined {
  if (arn === undefined) return undefined
  return async () => {
    const { current, previous } = edgeSecret.parse(
      await getSecret(arn, { transform: 'json', maxAge: secretMaxAgeSeconds }),
    )
    return previous === undefined ? [current] : [current, previous]
  }
}

/** The Turnstile verifier. Without a Turnstile secret, no token is required. */
export async function createTurnstileOnAws({ SECRET_ARN }: { SECRET_ARN: string }) {
  const secrets = serviceSecret.parse(await getSecret(SECRET_ARN, { transform: 'json', maxAge: secretMaxAgeSeconds }))
  return createTurnstileVerifier({ secret: secrets.turnstile })
}

/** The API page that the build wrote next to the bundle of this Lambda. */
export async function loadBundledDocsPages() {
  return docsPages.parse(JSON.parse(await readFile(join(import.meta.dirname, 'docs-pages.json'), 'utf8')))
}

let bundledOpenapi: Awaited<ReturnType<typeof loadBundledOpenapi>> | undefined

/** The OpenAPI document that the build copied next to the bundle of this Lambda, read once. */
export async function loadBundledOpenapi() {
  bundledOpenapi ??= openapi.parse(JSON.parse(await readFile(join(import.meta.dirname, 'openapi.json'), 'utf8')))
  return bundledOpenapi
}

export function createLogOnAws({ STAGE }: { STAGE: string }): Log {
  const logger = new Logger({ serviceName: 'prospectus' })
  // Last, so that no field of an event can hide from which deployment a line is.
  return (event, fields) => logger.info(event, { ...fields, stage: STAGE })
}

/** Writes each measurement to the log at once, in CloudWatch's embedded metric format. */
export function createMeasureOnAws({ STAGE }: { STAGE: string }): Measure {
  const metricsClient = new Metrics({ namespace: metricNamespace, serviceName: STAGE })
  return (metric, value) => metricsClient.singleMetric().addMetric(metric, metrics[metric], value)
}

/** Builds a Lambda's dependencies once during its start. If that fails, the next call tries again. */
export function createLambdaHandler<Event, Result>(
  open: () => Promise<(event: Event, context: Context) => Promise<Result>>,
) {
  let handlerPromise = openOnce()
  return async (event: Event, context: Context): Promise<Result> => {
    const handle = await handlerPromise.catch(() => {
      handlerPromise = openOnce()
      return handlerPromise
    })
    return handle(event, context)
  }

  function openOnce() {
    const promise = open()
    // Avoids an unhandled rejection; the next call awaits the same promise and throws.
    promise.catch(() => undefined)
    return promise
  }
}

const secretMaxAgeSeconds = 60
const openapi = z.record(z.string(), z.unknown())
const docsPages = z.object({ pages: z.record(z.string(), z.string()), contentSecurityPolicy: z.string() })
const edgeSecret = z.object({ current: z.string().min(32), previous: z.string().min(32).optional() })
const serviceSecret = z.object({ root: z.string().min(64), turnstile: z.string().min(1).optional() })
