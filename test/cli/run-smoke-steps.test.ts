import { once } from 'node:events'
import { createServer } from 'node:net'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { runSmokeSteps, type SmokeStep } from '#cli/smoke/run-smoke-steps.ts'
import { type Host, startHost } from '#local/host.ts'

let host: Host
beforeAll(async () => {
  host = await startHost({ port: 0 })
})
afterAll(() => host.close())

const outcomes = (steps: readonly SmokeStep[]) => Object.fromEntries(steps.map(({ name, outcome }) => [name, outcome]))

/** A fetch that replaces the response of one path. */
const withBrokenPath = (path: string, response: () => Response): typeof fetch => {
  return async (address, init) => (new URL(String(address)).pathname === path ? response() : fetch(address, init))
}
async function createTestSource(): Promise<string> {
  const response = await fetch(`${host.urls.api}/v1/ops/sources/smoke`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${host.keys.operator}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Smoke test', mode: 'test' }),
  })
  return sourceKey.parse(await response.json()).key
}
/** The address of a port that was just closed. */
async function findClosedPort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  await promisify(server.close.bind(server))()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
}
const sourceKey = z.object({ key: z.string() })

const page = () => new Response('<h1>404</h1>', { status: 404, headers: { 'content-type': 'text/html' } })

describe('smoke', () => {
  it('passes on a running host without writing anything', async () => {
    expect(outcomes(await runSmokeSteps({ url: host.urls.api, zip: '78701' }))).toEqual({
      health: 'ok',
      ready: 'ok',
      careers: 'ok',
      'unknown route': 'ok',
      match: 'ok',
      'test lead': 'skipped',
    })
  })

  it('skips the test lead if its key belongs to a live source', async () => {
    const steps = await runSmokeSteps({ url: host.urls.api, zip: '78701', sourceKey: host.keys.source })
    expect(steps.at(-1)).toMatchObject({ outcome: 'skipped', detail: expect.stringContaining('test source') })
  })

  it('sends a test lead if it has the key of a test source', async () => {
    const sourceKey = await createTestSource()
    const steps = await runSmokeSteps({ url: host.urls.api, zip: '78701', sourceKey })
    expect(steps.at(-1)).toMatchObject({ outcome: 'ok', detail: expect.stringMatching(/^lead_\S+ accepted for \d/) })
  })

  it.each([
    ['health', withBrokenPath('/health', page)],
    ['ready', withBrokenPath('/health/ready', () => Response.json({ status: 'so-so' }))],
    ['careers', withBrokenPath('/v1/careers', () => Response.json({ careers: [] }))],
    ['unknown route', withBrokenPath('/v1/nothing-is-here', page)],
    ['match', withBrokenPath('/v1/matches', () => Response.json({}, { status: 502 }))],
  ])('reports that %s fails, and runs the other steps', async (name, send) => {
    const steps = await runSmokeSteps({ url: host.urls.api, zip: '78701', fetch: send })
    expect(steps).toHaveLength(6)
    expect(outcomes(steps)).toMatchObject({ [name]: 'failed' })
  })

  it.each<[string, () => Promise<string>, RegExp]>([
    ['a closed port', findClosedPort, /^Nothing listens at 127\.0\.0\.1:\d+ \(ECONNREFUSED\)\. Check --url/],
    [
      'a name that does not exist',
      async () => 'http://prospectus.invalid',
      /^The name prospectus\.invalid does not resolve \((ENOTFOUND|EAI_AGAIN)\)\./,
    ],
  ])('says why there is no response from %s', async (_, findUrl, detail) => {
    const url = await findUrl()
    const failed = (await runSmokeSteps({ url, zip: '78701' })).filter(({ outcome }) => outcome === 'failed')
    expect(failed.map(({ name }) => name)).toEqual(['health', 'ready', 'careers', 'unknown route'])
    for (const step of failed)
      expect(step).toMatchObject({ isUnreachable: true, detail: expect.stringMatching(detail) })
  })
})
