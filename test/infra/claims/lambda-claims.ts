import { expect, it } from 'vitest'
import { rights } from '#infra/rights.ts'
import { environments } from '#shared/platform/environment.ts'
import { hasText, readVariables, type SynthesizedApp, type TemplateReader, toTableRight } from '../synthesize.ts'

const lambdas = Object.entries(rights).map(([name, row]) => ({ name, row }))

/** What must hold of every Lambda, and of what each may not do. */
export function lambdaClaims(built: () => SynthesizedApp): void {
  it.each(lambdas)('$name may do with the tables what its row says, and no more', ({ name, row }) => {
    expect(listDataRights(built().service, name)).toEqual(row.tables)
  })

  it('that serves anyone knows nothing of leads', () => {
    const { statements, properties } = built().service.lambda('catalog')
    expect(JSON.stringify([statements, properties])).not.toMatch(/leads/i)
  })

  it('that serves anyone knows of secrets only what the edge says', () => {
    const { statements, properties } = built().service.lambda('catalog')
    const text = JSON.stringify([statements, properties]).replaceAll(
      /EDGE_SECRET_ARN|secretsmanager:GetSecretValue/g,
      '',
    )
    expect([...new Set(text.match(/\w*secret/gi))]).toEqual(['ExportsOutputRefEdgeSecret'])
  })

  it('that delivers reads what is to be sent and whether consent was withdrawn: no consent, no person, no lead', () => {
    const reads = listDataRights(built().service, 'worker/deliver').filter(({ may }) => may.includes('GetItem'))
    expect(reads.filter((right) => right.table === 'leads')).toMatchObject([
      { keys: ['DELIVERY#*'] },
      { may: ['GetItem'], keys: ['SUPPRESSED#*'] },
    ])
  })

  it('that captures can write a consent and a lead, but read neither', () => {
    const about = listDataRights(built().service, 'capture').filter(({ keys }) => keys.includes('CONSENT#*'))
    expect(about).toMatchObject([{ may: ['PutItem'], keys: expect.arrayContaining(['LEAD#*']) }])
  })

  it('that sweeps reads the due index and nothing else, and gets nothing back from the rows that it moves there', () => {
    expect(listDataRights(built().service, 'worker/sweep')).toEqual([
      { table: 'leads', index: 'due', may: ['Query'], keys: ['DUE#*'] },
      {
        table: 'leads',
        may: ['UpdateItem'],
        keys: ['DELIVERY#*'],
        attributes: ['pk', 'sk', 'duePk', 'dueSk', 'sweeps', 'state', 'expiresAt'],
      },
    ])
    const update = built()
      .service.lambda('worker/sweep')
      .statements.find((statement) => JSON.stringify(statement).includes('UpdateItem'))
    expect(update?.Condition).toMatchObject({ StringEqualsIfExists: { 'dynamodb:ReturnValues': 'NONE' } })
  })

  it('that reconciles reads no delivery, no consent and no person, and writes reports alone', () => {
    const all = listDataRights(built().service, 'worker/reconcile').filter((right) => right.table === 'leads')
    expect(all).toEqual([
      { table: 'leads', index: 'timeline', may: ['Query'], keys: ['LEADS#*', 'SCHOOL#*'] },
      { table: 'leads', may: ['Query'], keys: ['LEAD#*'] },
      { table: 'leads', may: ['GetItem', 'PutItem'], keys: ['REPORT#reconciliation'] },
    ])
  })

  it('that rolls up reads no consent and no person, and writes reports alone', () => {
    expect(listDataRights(built().service, 'worker/roll-up')).toEqual([
      { table: 'leads', index: 'timeline', may: ['Query'], keys: ['LEADS#*'] },
      { table: 'leads', may: ['Query'], keys: ['LEAD#*', 'DELIVERY#*'] },
      { table: 'leads', may: ['GetItem', 'Query', 'UpdateItem'], keys: ['REPORT#daily'] },
    ])
  })

  it('that gives back what a rejected lead took gets nothing back from what it writes', () => {
    const update = built()
      .service.lambda('worker/deliver')
      .statements.find((statement) => JSON.stringify(statement).includes('COUNTER#*'))
    expect(update?.Condition).toMatchObject({ StringEqualsIfExists: { 'dynamodb:ReturnValues': 'NONE' } })
  })

  it.each(lambdas)('$name has the secret, the queue and the mail only where its row says so', ({ name, row }) => {
    const actions = built()
      .service.lambda(name)
      .statements.flatMap(({ Action }) => Action)
    const listGranted = (service: string) => actions.filter((action) => action.startsWith(`${service}:`))
    const secrets = [row.secret, row.edgeSecret].filter((right) => right !== undefined)
    expect(listGranted('secretsmanager')).toEqual(secrets.map(() => 'secretsmanager:GetSecretValue'))
    expect(listGranted('ses')).toEqual(row.mail ? ['ses:SendEmail'] : [])
    expect(listGranted('kms').length > 0).toBe(row.tables.some((right) => right.table === 'leads'))
    const sends = listGranted('sqs').filter((action) => action === 'sqs:SendMessage')
    expect(sends).toHaveLength(row.deliveries?.includes('SendMessage') ? 1 : 0)
  })

  it.each(lambdas)('$name has no wildcard but for traces', ({ name }) => {
    const { statements } = built().service.lambda(name)
    const wild = statements.filter(({ Action, Resource }) => /\*"/.test(JSON.stringify([Action, Resource])))
    expect(wild.map(({ Action }) => Action)).toEqual([['xray:PutTraceSegments', 'xray:PutTelemetryRecords']])
  })

  it.each(lambdas)(
    '$name runs Node 24 on arm64 with a log of its own, and is told all that it asks for',
    ({ name }) => {
      const { properties } = built().service.lambda(name)
      expect(properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        TracingConfig: { Mode: 'Active' },
        LoggingConfig: { LogGroup: { Ref: expect.any(String) } },
      })
      const variables = readVariables(properties)
      expect(environments.get(name)?.parse(variables)).toEqual(variables)
    },
  )

  it.each(lambdas)('$name rings an alarm that says what to do', ({ name }) => {
    const { id } = built().service.lambda(name)
    const alarms = built()
      .service.of('CloudWatch::Alarm')
      .filter((alarm) => alarm.MetricName === 'Errors' && hasText(alarm.Dimensions, id))
    expect(alarms).toMatchObject([
      { AlarmActions: [expect.anything()], AlarmDescription: expect.stringMatching(/\. .+\./) },
    ])
  })
}

function listDataRights(service: TemplateReader, name: string) {
  const { statements } = service.lambda(name)
  return statements.filter(({ Action }) => hasText(Action, 'dynamodb:')).map(toTableRight)
}
