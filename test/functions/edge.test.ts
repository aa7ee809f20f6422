import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { capture } from '#functions/capture/capture.ts'
import { catalog } from '#functions/catalog/catalog.ts'
import { operatorApi } from '#functions/operator/operator-api.ts'
import { publisherApi } from '#functions/publisher/publisher-api.ts'
import { schoolApi } from '#functions/school/school-api.ts'
import { fillPath } from '#shared/contract/fill-path.ts'
import type { Route } from '#shared/contract/route.ts'
import { fallbackFolder, folders, routes } from '#shared/contract/routes.ts'
import type { EdgeSecrets } from '#shared/http/edge.ts'
import { createAddressLimit } from '#shared/http/limits.ts'
import { createTestApi, type TestApi } from '#test/create-test-api.ts'
import { aLead, createTestSystem, requestMatch, revealContact, type TestSystem } from './create-test-system.ts'
import { apiEvent, context, type TestRequestOptions } from './house/api-event.ts'

const secret = 'the-edge-says-this-0123456789abcdef'
const olderSecret = 'the-edge-said-this-0123456789abcdef'
const functions = { catalog, capture, school: schoolApi, publisher: publisherApi, operator: operatorApi }
const edgeOwnAddress = '192.0.2.1'

/** A house behind an edge; `said` is what comes as the edge's own header. */
function callThroughEdge(api: TestApi, edgeSecrets: EdgeSecrets = async () => [secret]) {
  const createDependencies = (folder: keyof typeof functions) => ({ ...api.createDependencies(folder), edgeSecrets })
  return async (
    method: string,
    path: string,
    proofHeader: string | undefined,
    { headers, ...options }: TestRequestOptions = {},
  ) => {
    const request = { ...options, ip: edgeOwnAddress, headers: { ...headers, 'x-origin-proof': proofHeader } }
    const { event, matchedRoute } = apiEvent(method, path, request)
    const folder = matchedRoute?.folder ?? fallbackFolder
    const { statusCode: status, body = '' } = await functions[folder](createDependencies(folder))(event, context)
    return { status, code: /"code":"(\w+)"/.exec(body)?.[1], body }
  }
}

describe('behind an edge', () => {
  const allRoutes = folders.flatMap((folder): Route[] => [...routes[folder]])
  const allTargets = [
    ...allRoutes.map(({ method, path, params }) => {
      const ids = Object.fromEntries(Object.keys(params?.shape ?? {}).map((name) => [name, 'x']))
      return { method, path: fillPath(path, ids) }
    }),
    { method: 'GET', path: '/' },
    { method: 'DELETE', path: '/v1/careers' },
  ]

  it.each([undefined, '', 'x', secret.slice(1), `${secret} `, `${secret},${secret}`, secret.toUpperCase()])(
    'nobody is let in at any address who says %s',
    async (proofHeader) => {
      const api = await createTestApi()
      const call = callThroughEdge(api)
      for (const { method, path } of allTargets)
        expect({ method, path, ...(await call(method, path, proofHeader)) }).toMatchObject({
          status: 403,
          code: 'EDGE_REQUIRED',
        })
      expect(JSON.stringify(api.logEntries)).not.toContain(secret)
    },
  )

  it('the edge is let in, also while one secret takes over from another, and not after', async () => {
    const secrets = [secret, olderSecret]
    const call = callThroughEdge(await createTestApi(), async () => secrets)
    for (const proofHeader of secrets) expect(await call('GET', '/health', proofHeader)).toMatchObject({ status: 200 })
    expect(await call('GET', '/unknown', secret)).toMatchObject({ status: 404, code: 'ROUTE_NOT_FOUND' })
    secrets.pop()
    expect(await call('GET', '/health', olderSecret)).toMatchObject({ status: 403 })
  })

  it('a secret that is empty lets nobody in', async () => {
    const call = callThroughEdge(await createTestApi(), async () => [''])
    for (const proofHeader of ['', undefined])
      expect(await call('GET', '/health', proofHeader)).toMatchObject({ status: 403 })
  })

  it('nobody is let in while the secret cannot be read, and it is a fault of ours', async () => {
    const api = await createTestApi()
    const call = callThroughEdge(api, async () => Promise.reject(new Error('throttled')))
    expect(await call('GET', '/health', secret)).toMatchObject({ status: 500, code: 'FAULT' })
    expect(api.logEntries.at(-1)).toMatchObject({ event: 'request.faulted', fields: { route: 'GET /health' } })
  })
})

describe('a visitor who comes through the edge', () => {
  it('is held to the limit of the address that the edge names, and not to that of the edge', async () => {
    const statuses = await flood((post) => ({ 'cloudfront-viewer-address': `203.0.113.${post % 10}:${4000 + post}` }))
    expect(accepted(statuses)).toBe(10 * 3)
  })

  it('gains nothing by headers that lie, which the edge does not write', async () => {
    const statuses = await flood((post) => ({
      'cloudfront-viewer-address': '203.0.113.7:4000',
      'x-forwarded-for': `10.0.0.${post}`,
      'true-client-ip': `10.1.0.${post}`,
    }))
    expect(accepted(statuses)).toBe(3)
  })

  it('has that address kept with the consent', async () => {
    const system = await createTestSystem()
    const match = await requestMatch(system)
    const { body } = await callThroughEdge(system.api)('POST', '/v1/leads', secret, {
      headers: {
        'x-source-key': system.sourceKey,
        'idempotency-key': 'through-the-edge',
        'cloudfront-viewer-address': '2001:db8::7:46532',
      },
      body: aLead(match),
    })
    const { leadId } = z.object({ leadId: z.string() }).parse(JSON.parse(body))
    expect(await revealContact(system, leadId)).toMatchObject({ consent: { ip: '2001:db8::7' } })
  })
})

const accepted = (statuses: readonly unknown[]) => statuses.filter((status) => status === 200).length

/** 60 matches at once in a limit of 3 a minute for each address. */
async function flood(buildHeaders: (post: number) => { [name: string]: string }): Promise<unknown[]> {
  const { api, sourceKey }: TestSystem = await createTestSystem()
  const deps = api.createDependencies('capture')
  const limited = {
    ...api,
    createDependencies: () => ({ ...deps, rateLimits: { address: createAddressLimit(3, deps.digests) } }),
  }
  const call = callThroughEdge(limited)
  const statuses: unknown[] = []
  for (let post = 0; post < 60; post++) {
    const headers = { 'x-source-key': sourceKey, ...buildHeaders(post) }
    const body = { careerSlug: 'health-record-technician', zip: '78701', education: { highestLevel: 'ged' } }
    statuses.push((await call('POST', '/v1/matches', secret, { headers, body })).status)
  }
  return statuses
}
