import { SignatureV4 } from '@smithy/signature-v4'
import type { SendHttp } from './create-send-http.ts'
import { SigningHash } from './signing-hash.ts'

/** Calls an action, such as `DynamoDB_20120810.GetItem`. @throws Error whose name is AWS's code, after retries */
export type CallAwsJson = (target: string, input: object) => Promise<unknown>
export type AwsCredentials = { accessKeyId: string; secretAccessKey: string; sessionToken?: string }
type AwsJsonClientOptions = {
  service: 'dynamodb' | 'secretsmanager'
  region: string
  endpoint: string
  /** Read for each call: they may be renewed. */
  credentials: () => AwsCredentials
  send: SendHttp
  now: () => Date
  sleep: (milliseconds: number) => Promise<unknown>
  /** At least 0, below 1. */
  random: () => number
}

/** Attempts in total, and the bounds of the backoff with full jitter. */
export const awsRetry = { attempts: 4, firstMilliseconds: 50, maxMilliseconds: 1000 } as const

/**
 * A client of AWS's JSON protocol, for reads: 20 kB in place of the SDK's 200. Any call may be repeated, so it is after
 * throttling, a fault of AWS, a lost connection, and a signature that AWS finds too old or too new, with AWS's time.
 */
export function createAwsJsonClient(options: AwsJsonClientOptions): CallAwsJson {
  const { service, region, endpoint, credentials, send, now, sleep, random } = options
  const { protocol, host, hostname, port } = new URL(endpoint)
  let clockOffsetMs = 0

  async function callOnce(target: string, body: string): Promise<{ output: unknown } | { failure: AwsFailure }> {
    const signer = new SignatureV4({ service, region, credentials: credentials(), sha256: SigningHash })
    const { headers } = await signer.sign(
      {
        method: 'POST',
        protocol,
        hostname,
        ...(port && { port: Number(port) }),
        path: '/',
        headers: {
          host,
          'content-type': `application/x-amz-json-1.${service === 'dynamodb' ? 0 : 1}`,
          'x-amz-target': target,
        },
        body,
      },
      { signingDate: new Date(now().getTime() + clockOffsetMs) },
    )
    try {
      const response = await send({ url: endpoint, headers, body })
      if (response.status === 200) return { output: JSON.parse(response.body) }
      return { failure: toFailure(response) }
    } catch (error) {
      return { failure: { error: error instanceof Error ? error : new Error(String(error)), retry: 'later' } }
    }
  }

  return async (target, input) => {
    const body = JSON.stringify(input)
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await callOnce(target, body)
      if ('output' in outcome) return outcome.output
      const { error, retry, awsTime } = outcome.failure
      if (retry === 'never' || attempt === awsRetry.attempts) throw error
      if (retry === 'with-its-time') {
        const offsetMs = awsTime === undefined ? Number.NaN : awsTime - now().getTime()
        // The clock was right, so the signature is refused for another reason.
        if (!(Math.abs(offsetMs - clockOffsetMs) > minSkewMs)) throw error
        clockOffsetMs = offsetMs
        continue
      }
      await sleep(random() * Math.min(awsRetry.maxMilliseconds, awsRetry.firstMilliseconds * 2 ** attempt))
    }
  }
}

type AwsFailure = { error: Error; retry: 'never' | 'later' | 'with-its-time'; awsTime?: number | undefined }

// AWS accepts signatures of five minutes around its own time.
const minSkewMs = 60_000

const throttlingCodes = [
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'Throttling',
]
const skewCodes = ['InvalidSignatureException', 'RequestExpired', 'RequestTimeTooSkewed', 'SignatureDoesNotMatch']

function toFailure({ status, headers, body }: Awaited<ReturnType<SendHttp>>): AwsFailure {
  const code = /"__type"\s*:\s*"(?:[^"#]*#)?(\w+)/.exec(body)?.[1] ?? `Http${status}`
  const message = /"message"\s*:\s*"((?:[^"\\]|\\.)*)"/i.exec(body)?.[1] ?? ''
  const error = Object.assign(new Error(message), { name: code })
  if (skewCodes.includes(code)) return { error, retry: 'with-its-time', awsTime: Date.parse(headers.date ?? '') }
  return { error, retry: status >= 500 || status === 429 || throttlingCodes.includes(code) ? 'later' : 'never' }
}
