import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { SignatureV4 } from '@smithy/signature-v4'
import { SigningHash } from '#shared/platform/aws/signing-hash.ts'

/** The AWS services that commands call without an SDK client of their own, by the name that signatures have. */
type AwsService = 'sts' | 'cloudformation' | 'ssm' | 'lambda' | 'acm' | 'cloudfront' | 'servicequotas'
export type AwsRequest = {
  service: AwsService
  region: string
  method?: 'GET' | 'POST'
  path?: string
  headers?: { [name: string]: string }
  body?: string
}
export type AwsResponse = { status: number; text: string }
/** Sends a signed request. @throws Error if there are no credentials, or no response within 10 seconds */
export type CallAws = (request: AwsRequest) => Promise<AwsResponse>

/** An AWS error that a command can tell apart by its code, such as `ValidationError`. */
export class AwsError extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(`${code}: ${message}`)
    this.code = code
  }
}

type ClientOptions = {
  environment?: { readonly [name: string]: string | undefined }
  fetch?: typeof fetch
}

/** A client with the credentials of the SDK's default chain and the endpoints of `AWS_ENDPOINT_URL` and `AWS_ENDPOINT_URL_<SERVICE>`. */
export function createAwsClient({ environment = process.env, fetch: send = fetch }: ClientOptions = {}): CallAws {
  const { config } = new DynamoDBClient({ maxAttempts: 1 })
  return async ({ service, region, method = 'POST', path = '/', headers = {}, body = '' }) => {
    const endpoint =
      environment[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] ??
      environment.AWS_ENDPOINT_URL ??
      (service === 'cloudfront' ? 'https://cloudfront.amazonaws.com' : `https://${service}.${region}.amazonaws.com`)
    const { protocol, host, hostname, port } = new URL(endpoint)
    const { pathname, searchParams } = new URL(path, endpoint)
    const signer = new SignatureV4({ service, region, credentials: config.credentials, sha256: SigningHash })
    const signed = await signer.sign({
      method,
      protocol,
      hostname,
      ...(port && { port: Number(port) }),
      path: pathname,
      query: Object.fromEntries(searchParams),
      headers: { ...headers, host },
      body,
    })
    const response = await send(new URL(path, endpoint), {
      method,
      headers: Object.fromEntries(Object.entries(signed.headers).filter(([name]) => name !== 'host')),
      ...(method === 'POST' && { body }),
      signal: AbortSignal.timeout(10_000),
    })
    return { status: response.status, text: await response.text() }
  }
}

/** Calls an action of a service that speaks AWS's query protocol, and returns its XML. @throws AwsError */
export async function callQuery(
  call: CallAws,
  { service, region, version }: { service: AwsService; region: string; version: string },
  parameters: { [name: string]: string },
): Promise<string> {
  const { status, text } = await call({
    service,
    region,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ Version: version, ...parameters }).toString(),
  })
  if (status === 200) return text
  throw new AwsError(readXmlTag(text, 'Code') ?? String(status), readXmlTag(text, 'Message') ?? text.slice(0, 200))
}

/** Calls an action of a service that speaks AWS's JSON protocol. @throws AwsError */
export async function callJson(
  call: CallAws,
  { service, region, target }: { service: AwsService; region: string; target: string },
  input: object,
): Promise<unknown> {
  const { status, text } = await call({
    service,
    region,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target },
    body: JSON.stringify(input),
  })
  const code = /"__type"\s*:\s*"(?:[^"#]*#)?(?<code>\w+)"/.exec(text)?.groups?.code
  const message = /"[mM]essage"\s*:\s*"(?<message>[^"]*)"/.exec(text)?.groups?.message
  if (status !== 200) throw new AwsError(code ?? String(status), message ?? text.slice(0, 200))
  return JSON.parse(text)
}

/** The text of the first element of this name; AWS's names have no attributes. */
export function readXmlTag(xml: string, name: string): string | undefined {
  const text = new RegExp(`<${name}>(?<text>[^<]*)</${name}>`).exec(xml)?.groups?.text
  return text === undefined ? undefined : decodeXml(text)
}

const entities: { [name: string]: string } = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }

function decodeXml(text: string): string {
  return text.replace(/&(?:#x(?<hex>[\da-fA-F]+)|#(?<decimal>\d+)|(?<name>\w+));/g, (match, ...rest) => {
    const { hex, decimal, name = '' }: { [group: string]: string | undefined } = rest.at(-1)
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16))
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal))
    return entities[name] ?? match
  })
}
