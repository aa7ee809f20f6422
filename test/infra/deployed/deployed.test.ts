import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import * as z from 'zod'
import { smoke } from '#cli/smoke/smoke-steps.ts'
import { leadReceipt, matchSchools } from '#shared/contract/capture/capture.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { aCareer, aLead, aProgram, aSchool, aVisitor, bayShoreCampaign, career } from '#test/functions/town.ts'
import { eventually } from '#test/local/eventually.ts'
import { deployHere } from './deploy-here.ts'
import { startLambda } from './start-lambda.ts'
import { throughEdge } from './through-edge.ts'

const { endpoint, missing } = inject('dynamodbLocal')
const url = 'https://api.example'
const traceId = '0af7651916cd43dd8448eb211c80319c'

describeUnless(missing, 'what is deployed, at an endpoint that speaks AWS', () => {
  let deployed: Awaited<ReturnType<typeof deployHere>>
  let sourceKey: string
  beforeAll(async () => {
    deployed = await deployHere('dev', endpoint)
    const staff = await firstKey()
    const school = { schoolId: 'bay-shore' }
    await put(staff, `careers/${career}`, aCareer())
    await put(staff, 'schools/bay-shore', aSchool())
    await put(staff, 'programs/bay-shore-hit', aProgram(school))
    await put(staff, 'campaigns/bay-shore-tx', bayShoreCampaign())
    sourceKey = z
      .object({ key: z.string() })
      .parse(await put(staff, 'sources/landing', { name: 'Page', mode: 'live' })).key
  }, 120_000)
  afterAll(() => deployed.close())

  const ask: typeof fetch = (...request) => throughEdge(deployed)(...request)

  /** As whoever deploys makes it, with the one command that goes round the API. */
  async function firstKey(): Promise<string> {
    const args = ['cli/ops.ts', 'keys', 'first', '--table', deployed.tableNames.catalog]
    const { stdout } = await promisify(execFile)(process.execPath, args, {
      env: { ...process.env, ...deployed.variables },
    })
    return stdout.trim()
  }

  async function put(key: string, what: string, body: object): Promise<unknown> {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    const answer = await ask(`${url}/v1/ops/${what}`, { method: 'PUT', headers, body: JSON.stringify(body) })
    if (answer.status !== 201) throw new Error(`${what} was not written: ${await answer.text()}`)
    return answer.json()
  }

  async function post(path: string, body: object, headers: { [name: string]: string }): Promise<unknown> {
    const all = { 'content-type': 'application/json', 'x-source-key': sourceKey, ...headers }
    const answer = await ask(`${url}${path}`, { method: 'POST', headers: all, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${path} was refused: ${await answer.text()}`)
    return answer.json()
  }

  it('passes the smoke test, with a test lead', async () => {
    const steps = await smoke({ url, sourceKey, zip: '78701', fetch: ask })
    expect(steps.map(({ outcome, detail }) => (outcome === 'ok' ? outcome : detail))).toEqual(steps.map(() => 'ok'))
    expect(steps.length).toBeGreaterThan(5)
  })

  it('takes a lead, sends a pointer to the queue and from there an e-mail to the school, all in one trace', async () => {
    const match = matchSchools.responses[200].body.parse(await post('/v1/matches', aVisitor(), {}))
    const headers = { 'idempotency-key': 'form-1', traceparent: `00-${traceId}-b7ad6b7169203331-01` }
    const { schools } = leadReceipt.parse(await post('/v1/leads', aLead(match), headers))
    const [pointer] = deployed.aws.queued.filter((body) => body.includes(schools[0]?.deliveryId ?? 'none'))
    const batch = { Records: [{ messageId: '1', eventSource: 'aws:sqs', body: pointer }] }
    expect(await deployed.lambda('worker/deliver').invoke(batch)).toEqual({ batchItemFailures: [] })
    expect(deployed.aws.mails.filter((mail) => mail.includes('ada1@mail.example'))).toHaveLength(1)
    const told = (name: 'capture' | 'worker/deliver', event: string) =>
      eventually(async () => deployed.lambda(name).lines.find((line) => line.includes(event) && line.includes(traceId)))
    expect(JSON.parse(await told('capture', 'lead.kept'))).toMatchObject({ message: 'lead.kept', traceId })
    expect(JSON.parse(await told('worker/deliver', 'delivery.attempted'))).toMatchObject({
      outcome: 'delivered',
      traceId,
    })
  })

  it('sweeps what the queue has lost', async () => {
    const match = matchSchools.responses[200].body.parse(await post('/v1/matches', aVisitor(), {}))
    const { schools } = leadReceipt.parse(await post('/v1/leads', aLead(match, 2), { 'idempotency-key': 'form-2' }))
    const mine = () => deployed.aws.queued.filter((body) => body.includes(schools[0]?.deliveryId ?? 'none'))
    expect(mine()).toHaveLength(1)
    // It goes on for its minute; nobody waits for it here.
    deployed
      .lambda('worker/sweep')
      .invoke({})
      .catch(() => {})
    await eventually(async () => mine().length > 1)
  })

  it.each(['worker/offer', 'worker/replay', 'worker/reconcile', 'worker/roll-up'] as const)('%s runs', async (name) => {
    await deployed.lambda(name).invoke({})
  })

  it('answers schools by their key, and notes mail that came back', async () => {
    expect((await ask(`${url}/v1/school/leads`)).status).toBe(401)
    expect(await deployed.lambda('worker/bounce').invoke({ Records: [] })).toEqual({ batchItemFailures: [] })
  })

  it('answers nobody who goes round the edge', async () => {
    const round = throughEdge({ ...deployed, edgeSecret: JSON.stringify({ current: 'guessed' }) })
    expect((await round(`${url}/v1/careers`)).status).toBe(403)
  })

  it('starts no Lambda that is not told all that it asks for', async () => {
    const { LEADS_TABLE: _, ...variables } = deployed.setupOf('capture').variables
    const untold = startLambda({ ...deployed.setupOf('capture'), variables })
    await expect(untold.invoke({})).rejects.toThrow('LEADS_TABLE')
    untold.stop()
  })

  it('asked AWS for nothing that it does not have', () => {
    expect(deployed.aws.unknown).toEqual([])
  })
})
