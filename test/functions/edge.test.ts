import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { capture } from '#functions/capture/capture.ts'
import { catalog } from '#functions/catalog/catalog.ts'
import { operator } from '#functions/operator/operator.ts'
import { school } from '#functions/school/school.ts'
import { fillPath } from '#shared/contract/fill-path.ts'
import type { Route } from '#shared/contract/route.ts'
import { fallbackFolder, folders, routes } from '#shared/contract/routes.ts'
import type { EdgeSecrets } from '#shared/http/edge.ts'
import { addressRate } from '#shared/http/limits.ts'
import { type House, openHouse } from '#test/house.ts'
import { apiEvent, context, type Given } from './house/api-event.ts'
import { aLead, ask, aTown, revealed, type Town } from './town.ts'

const secret = 'the-edge-says-this-0123456789abcdef'
const older = 'the-edge-said-this-0123456789abcdef'
const functions = { catalog, capture, school, operator }
const edgeOwnAddress = '192.0.2.1'

/** A house behind an edge; `said` is what comes as the edge's own header. */
function behindEdge(house: House, edgeSecrets: EdgeSecrets = async () => [secret]) {
  const needsOf = (folder: keyof typeof functions) => ({ ...house.needsOf(folder), edgeSecrets })
  return async (method: string, path: string, said: string | undefined, { headers, ...given }: Given = {}) => {
    const sent = { ...given, ip: edgeOwnAddress, headers: { ...headers, 'x-origin-proof': said } }
    const { event, found } = apiEvent(method, path, sent)
    const folder = found?.folder ?? fallbackFolder
    const { statusCode: status, body = '' } = await functions[folder](needsOf(folder))(event, context)
    return { status, code: /"code":"(\w+)"/.exec(body)?.[1], body }
  }
}

describe('behind an edge', () => {
  const every = folders.flatMap((folder): Route[] => [...routes[folder]])
  const anywhere = [
    ...every.map(({ method, path, params }) => {
      const ids = Object.fromEntries(Object.keys(params?.shape ?? {}).map((name) => [name, 'x']))
      return { method, path: fillPath(path, ids) }
    }),
    { method: 'GET', path: '/' },
    { method: 'DELETE', path: '/v1/careers' },
  ]

  it.each([undefined, '', 'x', secret.slice(1), `${secret} `, `${secret},${secret}`, secret.toUpperCase()])(
    'nobody is let in at any address who says %s',
    async (said) => {
      const house = await openHouse()
      const call = behindEdge(house)
      for (const { method, path } of anywhere)
        expect({ method, path, ...(await call(method, path, said)) }).toMatchObject({
          status: 403,
          code: 'EDGE_REQUIRED',
        })
      expect(JSON.stringify(house.logged)).not.toContain(secret)
    },
  )

  it('the edge is let in, also while one secret takes over from another, and not after', async () => {
    const named = [secret, older]
    const call = behindEdge(await openHouse(), async () => named)
    for (const said of named) expect(await call('GET', '/health', said)).toMatchObject({ status: 200 })
    expect(await call('GET', '/', secret)).toMatchObject({ status: 404, code: 'ROUTE_NOT_FOUND' })
    named.pop()
    expect(await call('GET', '/health', older)).toMatchObject({ status: 403 })
  })

  it('a secret that is empty lets nobody in', async () => {
    const call = behindEdge(await openHouse(), async () => [''])
    for (const said of ['', undefined]) expect(await call('GET', '/health', said)).toMatchObject({ status: 403 })
  })

  it('nobody is let in while the secret cannot be read, and it is a fault of ours', async () => {
    const house = await openHouse()
    const call = behindEdge(house, async () => Promise.reject(new Error('throttled')))
    expect(await call('GET', '/health', secret)).toMatchObject({ status: 500, code: 'FAULT' })
    expect(house.logged.at(-1)).toMatchObject({ event: 'request.faulted', fields: { route: 'GET /health' } })
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
    const town = await aTown()
    const match = await ask(town)
    const { body } = await behindEdge(town.house)('POST', '/v1/leads', secret, {
      headers: {
        'x-source-key': town.sourceKey,
        'idempotency-key': 'through-the-edge',
        'cloudfront-viewer-address': '2001:db8::7:46532',
      },
      body: aLead(match),
    })
    const { leadId } = z.object({ leadId: z.string() }).parse(JSON.parse(body))
    expect(await revealed(town, leadId)).toMatchObject({ consent: { ip: '2001:db8::7' } })
  })
})

const accepted = (statuses: readonly unknown[]) => statuses.filter((status) => status === 200).length

/** 60 matches at once in a limit of 3 a minute for each address. */
async function flood(headersOf: (post: number) => { [name: string]: string }): Promise<unknown[]> {
  const { house, sourceKey }: Town = await aTown()
  const needs = house.needsOf('capture')
  const limited = { ...house, needsOf: () => ({ ...needs, rates: { address: addressRate(3, needs.digests) } }) }
  const call = behindEdge(limited)
  const statuses: unknown[] = []
  for (let post = 0; post < 60; post++) {
    const headers = { 'x-source-key': sourceKey, ...headersOf(post) }
    const body = { careerSlug: 'health-record-technician', zip: '78701', education: { highestLevel: 'ged' } }
    statuses.push((await call('POST', '/v1/matches', secret, { headers, body })).status)
  }
  return statuses
}
