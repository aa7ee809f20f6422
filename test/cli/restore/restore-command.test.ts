import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const stageFile = 'stages/dev.json'
const minuteMs = 60_000
const at = new Date(Date.now() - 60 * minuteMs).toISOString().replace(/\.\d+/, '')
const tables = ['prospectus-dev-storage-Catalog1-A', 'prospectus-dev-storage-Leads2-B']
const state = { maintenance: 'on', calls: [] as string[] }
let server: Server
let endpoint: string

/** The stage dev as it is deployed, in an AWS that answers what a dry run asks and notes everything else. */
beforeAll(async () => {
  server = createServer(async (request, response) => {
    const body = await text(request)
    const operation = String(request.headers['x-amz-target'] ?? new URLSearchParams(body).get('Action'))
      .split('.')
      .at(-1)
    state.calls.push(operation ?? '')
    const answer =
      operation?.startsWith('Get') || operation === 'DescribeStacks' ? answerXml(body) : answerJson(operation, body)
    response
      .writeHead(answer.includes('NotFound') ? 400 : 200, { 'content-type': 'application/x-amz-json-1.0' })
      .end(answer)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  endpoint = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
})
afterAll(() => server.close())

function answerXml(body: string): string {
  const parameters = new URLSearchParams(body)
  const isStorage = parameters.get('StackName')?.endsWith('-storage')
  if (parameters.get('Action') === 'GetCallerIdentity') return '<Account>111122223333</Account><Arn>arn</Arn>'
  if (parameters.get('Action') === 'GetTemplate') {
    const Variables = { STAGE: 'dev', MAINTENANCE: state.maintenance }
    const Deliver = { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables } } }
    return `<TemplateBody>${JSON.stringify({ Resources: isStorage ? {} : { Deliver } })}</TemplateBody>`
  }
  const outputs = ['CatalogTable', 'LeadsTable'].map(
    (name, index) => `<member><OutputKey>${name}</OutputKey><OutputValue>${tables[index]}</OutputValue></member>`,
  )
  return `<StackStatus>UPDATE_COMPLETE</StackStatus><LastUpdatedTime>2026-11-28T16:00:00Z</LastUpdatedTime>${outputs.join('')}`
}

function answerJson(operation: string | undefined, body: string): string {
  const { TableName } = JSON.parse(body)
  if (operation === 'DescribeTable')
    return tables.includes(TableName)
      ? JSON.stringify({ Table: { TableName, TableStatus: 'ACTIVE', TableArn: `arn:${TableName}` } })
      : JSON.stringify({ __type: 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException', message: 'NotFound' })
  if (operation === 'DescribeContinuousBackups')
    return JSON.stringify({
      ContinuousBackupsDescription: {
        ContinuousBackupsStatus: 'ENABLED',
        PointInTimeRecoveryDescription: {
          PointInTimeRecoveryStatus: 'ENABLED',
          EarliestRestorableDateTime: (Date.now() - 24 * 60 * minuteMs) / 1000,
          LatestRestorableDateTime: (Date.now() - 5 * minuteMs) / 1000,
        },
      },
    })
  return '{}'
}

async function restore(...options: string[]) {
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    NO_COLOR: '1',
    DATA_DIR: undefined,
  }
  const child = spawn(process.execPath, ['cli/ops.ts', 'restore', ...options], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  return { out, err, code }
}

describe('ops restore --stage', () => {
  it('says in a dry run what it would do, and changes neither AWS nor the stage file', async () => {
    const before = readFileSync(stageFile, 'utf8')
    state.calls.length = 0
    const { err, code } = await restore('--stage', 'dev', '--at', at, '--dry-run')
    const instant = at.replaceAll(/[-:]/g, '')
    expect(err).toContain(
      `${tables[1]} as of ${new Date(at).toISOString()} -> prospectus-dev-storage-Leads-${instant}\n`,
    )
    expect(err).toContain('Nothing was changed: this was a dry run.')
    expect(code).toBe(0)
    expect(state.calls.filter((operation) => !/^(Describe|Get|List)/.test(operation))).toEqual([])
    expect(readFileSync(stageFile, 'utf8')).toBe(before)
  })

  it('restores only the table that is named', async () => {
    const { err } = await restore('--stage', 'dev', '--at', at, '--dry-run', '--table', 'leads')
    expect(err).not.toContain('Catalog')
  })

  it('refuses a stage that accepts writes', async () => {
    state.maintenance = 'off'
    state.calls.length = 0
    const { err, code } = await restore('--stage', 'dev', '--at', at, '--yes')
    state.maintenance = 'on'
    expect(err).toContain('Write "maintenance": "on" into stages/dev.json and deploy it first')
    expect(code).toBe(1)
    expect(state.calls).not.toContain('RestoreTableToPointInTime')
  })

  it.each<[string, string[], RegExp, number]>([
    ['a stage without a time', ['--stage', 'dev'], /Pass --at: the last second before the accident/, 2],
    ['a time without a zone', ['--stage', 'dev', '--at', '2026-11-28T14:00:00'], /--at must be an instant/, 2],
    ['a stage that does not exist', ['--stage', 'nothing', '--at', at], /There is no stage "nothing"/, 2],
    ['another table', ['--stage', 'dev', '--at', at, '--table', 'audit'], /Allowed choices are catalog, leads/, 2],
    [
      'a kind that never reverts',
      ['--stage', 'dev', '--at', at, '--revert', 'suppression'],
      /Allowed choices are lead,/,
      2,
    ],
    [
      'both forms at once',
      ['--stage', 'dev', '--from', '/backups/1', '--at', at],
      /Pass --from and --data-dir for a folder/,
      2,
    ],
    [
      'a time outside of the window',
      ['--stage', 'dev', '--at', '2020-01-01T00:00:00Z'],
      /can be restored to any second/,
      1,
    ],
    ['no terminal', ['--stage', 'dev', '--at', at], /Not a terminal: pass --yes/, 2],
  ])('refuses %s', async (_, options, message, exitCode) => {
    const { out, err, code } = await restore(...options)
    expect([out, code]).toEqual(['', exitCode])
    expect(err).toMatch(message)
  })
})
