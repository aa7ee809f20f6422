import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import * as z from 'zod'
import { runSmokeSteps } from '#cli/smoke/run-smoke-steps.ts'
import { buildBundle } from '#infra/build-bundle.ts'
import { leadReceipt, matchSchools } from '#shared/contract/capture/capture.ts'
import { describeUnless } from '#test/describe-unless.ts'
import {
  aCareer,
  aLead,
  aProgram,
  aSchool,
  aVisitor,
  bayShoreCampaign,
  career,
} from '#test/functions/create-test-system.ts'
import { waitUntil } from '#test/local/wait-until.ts'
import { createEdgeFetch } from './create-edge-fetch.ts'
import { deployLocally } from './deploy-locally.ts'
import { startLambda } from './start-lambda.ts'

const { endpoint, missing } = inject('dynamodbLocal')
const url = 'https://api.example'
const traceId = '0af7651916cd43dd8448eb211c80319c'

describeUnless(missing, 'what is deployed, at an endpoint that speaks AWS', () => {
  let deployed: Awaited<ReturnType<typeof deployLocally>>
  let sourceKey: string
  let testSourceKey: string
  beforeAll(async () => {
    deployed = await deployLocally('dev', endpoint)
    const staff = await firstKey()
    const school = { schoolId: 'bay-shore' }
    await put(staff, `careers/${career}`, aCareer())
    await put(staff, 'schools/bay-shore', aSchool())
    await put(staff, 'programs/bay-shore-hit', aProgram(school))
    await put(staff, 'campaigns/bay-shore-tx', bayShoreCampaign())
    sourceKey = readKey(await put(staff, 'sources/landing', { name: 'Page', mode: 'live' }))
    testSourceKey = readKey(await put(staff, 'sources/smoke', { name: 'Smoke', mode: 'test' }))
  })
  afterAll(() => deployed.close())

  const callApi: typeof fetch = (...request) => createEdgeFetch(deployed)(...request)

  /** Creates the first key as an engineer does after a deployment: with the one command that bypasses the API. */
  async function firstKey(): Promise<string> {
    const args = [
      'cli/ops.ts',
      'keys',
      'first',
      '--table',
      deployed.tableNames.catalog,
      '--leads-table',
      deployed.tableNames.leads,
    ]
    const { stdout } = await promisify(execFile)(process.execPath, args, {
      env: { ...process.env, ...deployed.variables },
    })
    return stdout.trim()
  }

  async function put(key: string, what: string, body: object): Promise<unknown> {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    const response = await callApi(`${url}/v1/ops/${what}`, { method: 'PUT', headers, body: JSON.stringify(body) })
    if (response.status !== 201) throw new Error(`${what} was not written: ${await response.text()}`)
    return response.json()
  }

  async function post(path: string, body: object, headers: { [name: string]: string }): Promise<unknown> {
    const all = { 'content-type': 'application/json', 'x-source-key': sourceKey, ...headers }
    const response = await callApi(`${url}${path}`, { method: 'POST', headers: all, body: JSON.stringify(body) })
    if (!response.ok) throw new Error(`${path} was refused: ${await response.text()}`)
    return response.json()
  }

  it('has the bundles that the test of the budgets measures', async () => {
    for (const name of ['catalog', 'capture', 'worker/deliver'] as const) {
      const { code } = await buildBundle(name)
      expect(readFileSync(deployed.setupOf(name).bundle, 'utf8') === code, name).toBe(true)
    }
  })

  it('passes the smoke test, with a test lead', async () => {
    const steps = await runSmokeSteps({ url, sourceKey: testSourceKey, zip: '78701', fetch: callApi })
    expect(steps.map(({ outcome, detail }) => (outcome === 'ok' ? outcome : detail))).toEqual(steps.map(() => 'ok'))
    expect(steps.length).toBeGreaterThan(5)
  })

  it('skips the test lead of the smoke test if the source is live', async () => {
    const steps = await runSmokeSteps({ url, sourceKey, zip: '78701', fetch: callApi })
    expect(steps.at(-1)).toEqual({
      name: 'test lead',
      outcome: 'skipped',
      detail: 'the source is live; use the key of a test source',
    })
    expect(steps.slice(0, -1).map(({ outcome }) => outcome)).toEqual(steps.slice(0, -1).map(() => 'ok'))
  })

  it('accepts a lead, queues its delivery and emails the school, all in one trace', async () => {
    const match = matchSchools.responses[200].body.parse(await post('/v1/matches', aVisitor(), {}))
    const headers = { 'idempotency-key': 'form-1', traceparent: `00-${traceId}-b7ad6b7169203331-01` }
    const { schools } = leadReceipt.parse(await post('/v1/leads', aLead(match), headers))
    const [pointer] = deployed.aws.queued.filter((body) => body.includes(schools[0]?.deliveryId ?? 'none'))
    const batch = { Records: [{ messageId: '1', eventSource: 'aws:sqs', body: pointer }] }
    expect(await deployed.lambda('worker/deliver').invoke(batch)).toEqual({ batchItemFailures: [] })
    expect(deployed.aws.mails.filter((mail) => mail.includes('ada1@mail.example'))).toHaveLength(1)
    const findLogLine = (name: 'capture' | 'worker/deliver', event: string) =>
      waitUntil(async () => deployed.lambda(name).lines.find((line) => line.includes(event) && line.includes(traceId)))
    expect(JSON.parse(await findLogLine('capture', 'lead.saved'))).toMatchObject({ message: 'lead.saved', traceId })
    expect(JSON.parse(await findLogLine('worker/deliver', 'delivery.attempted'))).toMatchObject({
      outcome: 'delivered',
      traceId,
    })
  })

  it('sweeps a delivery whose queue message was lost', async () => {
    const match = matchSchools.responses[200].body.parse(await post('/v1/matches', aVisitor(), {}))
    const { schools } = leadReceipt.parse(await post('/v1/leads', aLead(match, 2), { 'idempotency-key': 'form-2' }))
    const listMyPointers = () => deployed.aws.queued.filter((body) => body.includes(schools[0]?.deliveryId ?? 'none'))
    expect(listMyPointers()).toHaveLength(1)
    // It runs for a minute; the test does not wait for it.
    deployed
      .lambda('worker/sweep')
      .invoke({})
      .catch(() => {})
    await waitUntil(async () => listMyPointers().length > 1)
  })

  it.each(['worker/offer', 'worker/replay', 'worker/reconcile', 'worker/roll-up'] as const)(
    'runs %s without an error',
    async (name) => {
      await deployed.lambda(name).invoke({})
    },
  )

  it('answers a school with its key, and records a bounced email', async () => {
    expect((await callApi(`${url}/v1/school/leads`)).status).toBe(401)
    expect(await deployed.lambda('worker/bounce').invoke({ Records: [] })).toEqual({ batchItemFailures: [] })
  })

  it('refuses requests that bypass the edge', async () => {
    const callAroundEdge = createEdgeFetch({ ...deployed, edgeSecret: JSON.stringify({ current: 'guessed' }) })
    expect((await callAroundEdge(`${url}/v1/careers`)).status).toBe(403)
  })

  it('serves the API pages that the build writes next to the bundle', async () => {
    const response = await callApi(`${url}/docs`)
    expect([response.status, response.headers.get('content-security-policy')]).toEqual([
      200,
      expect.stringMatching(/^default-src 'none'; style-src 'sha256-/),
    ])
    expect(await response.text()).toContain('href="/docs/capture')
    expect(await (await callApi(`${url}/docs/capture`)).text()).toContain('<h2 id="submitLead">')
  })

  it('knows the methods of every path from the document next to the bundle', async () => {
    const response = await callApi(`${url}/v1/leads`, { method: 'DELETE' })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST, OPTIONS'])
    expect((await callApi(`${url}/v1/unknown`)).status).toBe(404)
  })

  it('starts no Lambda whose environment lacks a variable', async () => {
    const { LEADS_TABLE: _, ...variables } = deployed.setupOf('capture').variables
    const incompleteLambda = startLambda({ ...deployed.setupOf('capture'), variables })
    await expect(incompleteLambda.invoke({})).rejects.toThrow('LEADS_TABLE')
    incompleteLambda.stop()
  })

  it('uses no AWS call outside its rights', () => {
    expect(deployed.aws.unknown).toEqual([])
  })
})

function readKey(source: unknown): string {
  return z.object({ key: z.string() }).parse(source).key
}
