import Ajv2020 from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import * as fc from 'fast-check'
import * as z from 'zod'
import { matchPath } from '#shared/contract/match-path.ts'
import { createTestSystem, requestMatch, submitTestLead, type TestSystem } from '#test/functions/create-test-system.ts'
import { canary, type Wire } from './mutations.ts'
import { createRequests, type FuzzOperation, openapi } from './operations.ts'

export type FuzzRun = { requests: number; seed: number }

/** Sends valid and invalid requests to an operation. @throws with the request whose response is wrong */
export async function fuzz(
  operation: FuzzOperation,
  { requests, seed }: FuzzRun,
): Promise<{ [status: number]: number }> {
  const system = await createTestSystem()
  const knownIds = await collectIds(system)
  const headers = await createKeyHeaders(operation, system)
  const statuses: { [status: number]: number } = {}
  const property = fc.asyncProperty(createRequests(operation, headers, knownIds), async (wire) => {
    // A day's worth of pages is not to grow without end, and what is logged is kept.
    system.api.logEntries.length = 0
    const { target, text } = wire
    const response = await system.api.call(operation.method, target, {
      headers: wire.headers,
      ...(text !== undefined && { text }),
    })
    statuses[response.status] = (statuses[response.status] ?? 0) + 1
    const fault = findFault(operation, response, target)
    if (fault !== undefined)
      throw new Error(
        `${fault}\n${formatJson(wire)}\n${response.status} ${response.text.slice(0, 500)}\n${formatJson(system.api.logEntries)}`,
      )
  })
  await fc.assert(property, { numRuns: requests, seed, endOnFailure: true })
  return statuses
}

type ApiResponse = Awaited<ReturnType<TestSystem['api']['call']>>

/** Returns what is wrong with a response, judged only by the document. */
export function findFault(
  operation: FuzzOperation,
  { status, headers, body, text }: ApiResponse,
  target?: string,
): string | undefined {
  if (status >= 500 && status !== 503) return 'A fault of ours'
  const type = headers['content-type'] ?? ''
  if (status >= 400 && !type.startsWith('application/problem+json'))
    return `An error that is no problem+json but ${type}`
  if (status >= 400 && text.includes(canary)) return 'An error that repeats what was sent'
  // Requests that match no route have a common response.
  // A changed path may be that of another operation.
  const isElsewhere = target !== undefined && !matchPath(operation.path, target.split('?')[0] ?? '')
  const isCommon = isElsewhere || (status === 404 && isRouteProblem(body))
  const validate = getValidator(operation, isCommon ? undefined : status, type)
  return validate && !validate(body)
    ? `Not what the document says: ${JSON.stringify(validate.errors?.slice(0, 3))}`
    : undefined
}

const ajv = new Ajv2020.default({ strict: false, allErrors: true })
addFormats.default(ajv)
ajv.addSchema(z.looseObject({}).parse(openapi), 'openapi.json')
const validators = new Map<string, ReturnType<typeof ajv.compile>>()

function getValidator({ responses }: FuzzOperation, status: number | undefined, type: string) {
  if (status === undefined || status === 304 || !/json/.test(type)) return undefined
  const referenced = reference.safeParse(responses[status])
  const response = referenced.success ? referenced.data.$ref : undefined
  const inPlace = content.safeParse(responses[status])
  if (response === undefined && !inPlace.success) return ajv.compile(false)
  const [media = ''] = type.split(';')
  const pointer = response ? `${response}/content/${media.replace('/', '~1')}/schema` : undefined
  const schema = pointer ? { $ref: `openapi.json${encodeURI(pointer)}` } : rooted(inPlace.data?.content[media]?.schema)
  const key = JSON.stringify(schema)
  const validate = validators.get(key) ?? ajv.compile(schema)
  validators.set(key, validate)
  return validate
}

const reference = z.looseObject({ $ref: z.string() })
const content = z.looseObject({ content: z.record(z.string(), z.looseObject({ schema: z.unknown() })) })

/** Resolves references of a part against the whole document. */
function rooted(schema: unknown): object {
  const json = JSON.stringify(schema ?? {}).replaceAll('"$ref":"#/', '"$ref":"openapi.json#/')
  return z.looseObject({}).parse(JSON.parse(json))
}

function isRouteProblem(body: unknown): boolean {
  return z.looseObject({ code: z.literal('ROUTE_NOT_FOUND') }).safeParse(body).success
}

async function createKeyHeaders({ security = [] }: FuzzOperation, { api, sourceKey }: TestSystem) {
  const securityText = JSON.stringify(security)
  const bearer = (key: string) => ({ authorization: `Bearer ${key}` })
  if (securityText.includes('schoolKey')) return bearer(await api.schoolKey('tall-grass'))
  if (securityText.includes('operatorKey')) return bearer(api.staffKey)
  return securityText.includes('sourceKey') ? { 'x-source-key': sourceKey } : {}
}

/** Existing IDs of every kind. */
async function collectIds(system: TestSystem): Promise<string[]> {
  const { leadId, schools } = await submitTestLead(system)
  const { matchId, disclosure } = await requestMatch(system)
  const deliveries = schools.map(({ deliveryId }) => deliveryId)
  const records = [
    'tall-grass',
    'bay-shore',
    'tall-grass-hit',
    'bay-shore-hit',
    'tall-grass-tx',
    'bay-shore-tx',
    'landing',
  ]
  return ['health-record-technician', ...records, leadId, ...deliveries, matchId, disclosure.sha256]
}

function formatJson(value: Wire | object): string {
  return JSON.stringify(value).slice(0, 3000)
}
