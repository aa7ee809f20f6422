import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { createPostmanCollection } from '#cli/openapi/create-postman-collection.ts'
import { type Host, startHost } from '#local/host.ts'
import { createKey } from '#shared/contract/access/keys.ts'
import { createClient } from '#shared/contract/client.ts'
import { openapi } from './list-examples.ts'
import { listPostmanItems, type PostmanItem, runPostmanItem } from './run-postman-collection.ts'

const file = new URL('../../docs/postman-collection.json', import.meta.url)
const collection = z
  .looseObject({
    info: z.strictObject({ name: z.string(), description: z.string(), schema: z.string() }),
    variable: z.array(z.looseObject({ key: z.string(), value: z.string() })),
    item: z.array(z.looseObject({ name: z.string(), description: z.string() })),
  })
  .parse(JSON.parse(readFileSync(file, 'utf8')))
const items = listPostmanItems(collection)

describe('the Postman collection', () => {
  it('is what `npm run openapi` makes of openapi.json', () => {
    expect(createPostmanCollection(openapi)).toEqual(collection)
  })

  it('has the format 2.1, and one request for each operation, in a folder of its audience', () => {
    expect(collection.info.schema).toBe('https://schema.getpostman.com/json/collection/v2.1.0/collection.json')
    expect(collection.item.map(({ name }) => name.split(':')[0])).toEqual(
      expect.arrayContaining(['Catalog', 'Capture', 'School', 'Publisher', 'Operator']),
    )
    const operations = Object.values(openapi.paths).flatMap((methods) => Object.values(methods))
    expect(items.map(getOperationId).toSorted()).toEqual(operations.map(({ operationId }) => operationId).toSorted())
  })

  it('has an example of each body', () => {
    const withBody = Object.values(openapi.paths).flatMap((methods) =>
      Object.values(methods).filter(({ requestBody }) => requestBody),
    )
    const bodies = items.filter(({ request }) => request.body)
    expect(bodies.map(getOperationId).toSorted()).toEqual(withBody.map(({ operationId }) => operationId).toSorted())
    for (const { request } of bodies) expect(() => JSON.parse(request.body?.raw ?? '')).not.toThrow()
  })
})

describe('the requests of the Postman collection', () => {
  let host: Host
  let variables: Map<string, string>
  beforeAll(async () => {
    host = await startHost({ port: 0 })
    const { urls, keys } = host
    const call = createClient({ baseUrl: urls.api, headers: { authorization: `Bearer ${keys.operator}` } })
    const holder = { caller: 'source', sourceId: 'sample-landing-page' } as const
    const { body: serverKey } = await call(createKey, { body: { holder, scope: 'server', name: 'postman' } })
    const school = { caller: 'school', schoolId: 'lone-prairie-college' } as const
    const { body: schoolKey } = await call(createKey, { body: { holder: school, scope: 'manage', name: 'postman' } })
    variables = new Map(collection.variable.map(({ key, value }) => [key, value]))
    for (const [name, value] of Object.entries({
      baseUrl: urls.api,
      sourceKey: keys.source,
      operatorKey: keys.operator,
      serverKey: serverKey?.key ?? '',
      schoolKey: schoolKey?.key ?? '',
    }))
      variables.set(name, value)
  })
  afterAll(() => host.close())

  it('match, send a lead, and read what became of it, each with what the one before saved', async () => {
    const example = variables.get('leadId')
    const match = await runOperation('matchSchools')
    expect(match).toMatchObject({ status: 200, json: { matchId: variables.get('matchId') } })
    const receipt = await runOperation('submitLead')
    expect(receipt).toMatchObject({ status: 201, json: { outcome: 'accepted', leadId: variables.get('leadId') } })
    expect(variables.get('leadId')).not.toBe(example)
    const lead = await runOperation('readPublisherLead')
    expect(lead).toMatchObject({ status: 200, json: { leadId: variables.get('leadId'), outcome: 'accepted' } })
    expect(await runOperation('readLead')).toMatchObject({ status: 200 })
  })

  it('are all understood: none has a wrong address, key, header or body', async () => {
    const faults: unknown[] = []
    for (const item of items) {
      const { status, contentType, json } = await runPostmanItem(item, variables)
      if (status >= 300 && !isUnderstood(json, getOperationId(item)))
        faults.push([getOperationId(item), status, contentType, json])
    }
    expect(faults.map((fault) => JSON.stringify(fault))).toEqual([])
  })

  it('detects: a request that the API does not understand', async () => {
    const [item] = items.filter((one) => getOperationId(one) === 'putCareer')
    if (!item) throw new Error('The collection has no putCareer.')
    const damaged = { ...item, request: { ...item.request, body: { mode: 'raw', raw: '{"color": "red"}' } } }
    expect(await runPostmanItem(damaged, variables)).toMatchObject({ status: 422, json: { code: 'INVALID_REQUEST' } })
    expect(isUnderstood((await runPostmanItem(damaged, variables)).json, 'putCareer')).toBe(false)
  })

  async function runOperation(operationId: string) {
    const item = items.find((one) => getOperationId(one) === operationId)
    if (!item) throw new Error(`The collection has no ${operationId}.`)
    return runPostmanItem(item, variables)
  }
})

const problem = z.object({
  code: z.string(),
  status: z.int(),
  errors: z.array(z.object({ code: z.string() })).default([]),
})

const vendorCalls = ['takeGoogleLead', 'verifyMetaWebhook', 'takeMetaLeads']

/** Whether the request is right, and only its example record does not exist or is in another state. */
function isUnderstood(json: unknown, operationId: string): boolean {
  const { success, data } = problem.safeParse(json)
  if (!success) return false
  const { code, status, errors } = data
  if (code === 'INVALID_REQUEST') return errors.length > 0 && errors.every((error) => error.code === 'unknown_record')
  // Only a browser that is signed in has a session.
  if (code === 'SESSION_INVALID' || code === 'APP_HEADER_REQUIRED') return true
  // Only the vendor of a lead form has its secret.
  if (code === 'KEY_INVALID') return vendorCalls.includes(operationId)
  return code === 'NOT_FOUND' || code === 'LINK_UNKNOWN' || status === 409 || status === 410
}

function getOperationId({ request }: PostmanItem): string {
  const { description } = request
  const text =
    typeof description === 'object' ? z.looseObject({ content: z.string() }).parse(description).content : description
  return /^`(\w+)`/.exec(String(text))?.[1] ?? ''
}
