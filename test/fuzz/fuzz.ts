import Ajv2020 from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import * as fc from 'fast-check'
import * as z from 'zod'
import { ask, aTown, enquire, type Town } from '#test/functions/town.ts'
import { canary, type Wire } from './mutations.ts'
import { type Operation, openapi, requestsFor } from './operations.ts'

export type Run = { requests: number; seed: number }

/** Sends an operation what its document describes, and what it does not. @throws with the request that was answered badly. */
export async function fuzz(operation: Operation, { requests, seed }: Run): Promise<{ [status: number]: number }> {
  const town = await aTown()
  const known = await idsIn(town)
  const headers = await keysFor(operation, town)
  const statuses: { [status: number]: number } = {}
  const property = fc.asyncProperty(requestsFor(operation, headers, known), async (wire) => {
    // A day's worth of pages is not to grow without end, and what is logged is kept.
    town.house.logged.length = 0
    const { target, text } = wire
    const answer = await town.house.call(operation.method, target, {
      headers: wire.headers,
      ...(text !== undefined && { text }),
    })
    statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
    const fault = faultOf(operation, answer)
    if (fault !== undefined)
      throw new Error(
        `${fault}\n${told(wire)}\n${answer.status} ${answer.text.slice(0, 500)}\n${told(town.house.logged)}`,
      )
  })
  await fc.assert(property, { numRuns: requests, seed, endOnFailure: true })
  return statuses
}

type Answered = Awaited<ReturnType<Town['house']['call']>>

/** What is wrong with an answer, as one who has the document alone can tell. */
export function faultOf(operation: Operation, { status, headers, body, text }: Answered): string | undefined {
  if (status >= 500 && status !== 503) return 'A fault of ours'
  const type = headers['content-type'] ?? ''
  if (status >= 400 && !type.startsWith('application/problem+json'))
    return `An error that is no problem+json but ${type}`
  if (status >= 400 && text.includes(canary)) return 'An error that repeats what was sent'
  // What no route matches is answered for all of them alike.
  const validate = validatorOf(operation, status === 404 && isRouteProblem(body) ? undefined : status, type)
  return validate && !validate(body)
    ? `Not what the document says: ${JSON.stringify(validate.errors?.slice(0, 3))}`
    : undefined
}

const ajv = new Ajv2020.default({ strict: false, allErrors: true })
addFormats.default(ajv)
ajv.addSchema(z.looseObject({}).parse(openapi), 'openapi.json')
const validators = new Map<string, ReturnType<typeof ajv.compile>>()

function validatorOf({ responses }: Operation, status: number | undefined, type: string) {
  if (status === undefined || status === 304 || !/json/.test(type)) return undefined
  const given = reference.safeParse(responses[status])
  const response = given.success ? given.data.$ref : undefined
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

/** References within a part of the document lead to the document. */
function rooted(schema: unknown): object {
  const text = JSON.stringify(schema ?? {}).replaceAll('"$ref":"#/', '"$ref":"openapi.json#/')
  return z.looseObject({}).parse(JSON.parse(text))
}

function isRouteProblem(body: unknown): boolean {
  return z.looseObject({ code: z.literal('ROUTE_NOT_FOUND') }).safeParse(body).success
}

async function keysFor({ security = [] }: Operation, { house, sourceKey }: Town) {
  const asks = JSON.stringify(security)
  const bearer = (key: string) => ({ authorization: `Bearer ${key}` })
  if (asks.includes('schoolKey')) return bearer(await house.schoolKey('tall-grass'))
  if (asks.includes('operatorKey')) return bearer(house.staffKey)
  return asks.includes('sourceKey') ? { 'x-source-key': sourceKey } : {}
}

/** Ids that exist, of everything that has one. */
async function idsIn(town: Town): Promise<string[]> {
  const { leadId, schools } = await enquire(town)
  const { matchId, disclosure } = await ask(town)
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

function told(value: Wire | object): string {
  return JSON.stringify(value).slice(0, 3000)
}
