import { Logger } from '@aws-lambda-powertools/logger'
import { Metrics } from '@aws-lambda-powertools/metrics'
import { getSecret } from '@aws-lambda-powertools/parameters/secrets'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { Context } from 'aws-lambda'
import * as z from 'zod'
import type { EdgeSecrets } from '../http/edge.ts'
import { turnstile } from '../outbound/turnstile.ts'
import { dynamodbEngine } from '../store/engine/dynamodb/dynamodb.ts'
import { tables } from '../store/keys.ts'
import { here } from './here.ts'
import { houseKeys } from './house-keys.ts'
import type { Log } from './log.ts'
import { type Measure, metricNamespace, metrics } from './metrics.ts'

/** The engine on the tables that the Lambda was told of. One that it was not told of has no name, and cannot be reached. */
export function engineOnAws(environment: { CATALOG_TABLE?: string; LEADS_TABLE?: string }) {
  const { CATALOG_TABLE: catalog = '', LEADS_TABLE: leads = '' } = environment
  const client = DynamoDBDocumentClient.from(new DynamoDBClient())
  const { now, dice, sleep } = here
  return dynamodbEngine({ client, tableNames: { catalog, leads }, shapes: tables, now, sleep, random: dice })
}

/** The keys of the house, from the one secret. */
export async function houseKeysOnAws({ SECRET_ARN }: { SECRET_ARN: string }) {
  const { root } = houseSecret.parse(await getSecret(SECRET_ARN, { transform: 'json', maxAge: secretSeconds }))
  return houseKeys(root)
}

/** What the edge may say, where there is one. */
export function edgeSecretsOnAws({ EDGE_SECRET_ARN: arn }: { EDGE_SECRET_ARN?: string }): EdgeSecrets | undefined {
  if (arn === undefined) return undefined
  return async () => {
    const { current, previous } = edgeSecret.parse(await getSecret(arn, { transform: 'json', maxAge: secretSeconds }))
    return previous === undefined ? [current] : [current, previous]
  }
}

/** What Cloudflare knows us by; absent where the house does not use Turnstile. */
export async function turnstileOnAws({ SECRET_ARN }: { SECRET_ARN: string }) {
  const kept = houseSecret.parse(await getSecret(SECRET_ARN, { transform: 'json', maxAge: secretSeconds }))
  return turnstile({ secret: kept.turnstile })
}

export function logOnAws({ STAGE }: { STAGE: string }): Log {
  const logger = new Logger({ serviceName: 'prospectus', persistentLogAttributes: { stage: STAGE } })
  return (event, fields) => logger.info(event, { ...fields })
}

/** Writes each measurement to the log at once, in the form that CloudWatch makes metrics of. */
export function measureOnAws({ STAGE }: { STAGE: string }): Measure {
  const all = new Metrics({ namespace: metricNamespace, serviceName: STAGE })
  return (metric, value) => all.singleMetric().addMetric(metric, metrics[metric], value)
}

/** Opens a Lambda's dependencies while it starts, once; where that fails, the next call tries again. */
export function lambda<Event, Result>(open: () => Promise<(event: Event, context: Context) => Promise<Result>>) {
  let opened = attempt()
  return async (event: Event, context: Context): Promise<Result> => {
    const handle = await opened.catch(() => {
      opened = attempt()
      return opened
    })
    return handle(event, context)
  }

  function attempt() {
    const promise = open()
    // The failure is told by the call that meets it.
    promise.catch(() => undefined)
    return promise
  }
}

const secretSeconds = 60
const edgeSecret = z.object({ current: z.string().min(32), previous: z.string().min(32).optional() })
const houseSecret = z.object({ root: z.string().min(64), turnstile: z.string().min(1).optional() })
