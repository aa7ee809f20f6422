import { expect, it } from 'vitest'
import { dueIndexAttributes } from '#infra/right.ts'
import { rights } from '#infra/rights.ts'
import { environments } from '#shared/platform/environments.ts'
import { hasText, readVariables, type SynthesizedApp, type TemplateReader, toTableRight } from '../synthesize.ts'

const lambdas = Object.entries(rights).map(([name, row]) => ({ name, row }))

/** What every Lambda has, and what each may not do. */
export function lambdaClaims(built: () => SynthesizedApp): void {
  it.each(lambdas)('grant $name exactly the table rights of its row', ({ name, row }) => {
    expect(listDataRights(built().service, name)).toEqual(row.tables)
  })

  it('give the public catalog Lambda no access to leads', () => {
    const { statements, properties } = built().service.lambda('catalog')
    expect(JSON.stringify([statements, properties])).not.toMatch(/leads/i)
  })

  it('give the public catalog Lambda no secret but that of the edge', () => {
    const { statements, properties } = built().service.lambda('catalog')
    const text = JSON.stringify([statements, properties]).replaceAll(
      /EDGE_SECRET_ARN|secretsmanager:GetSecretValue/g,
      '',
    )
    expect([...new Set(text.match(/\w*secret/gi))]).toEqual(['ExportsOutputRefEdgeSecret'])
  })

  it('let deliver read deliveries, suppressions and dedupe markers, but no consent, person or lead', () => {
    const reads = listDataRights(built().service, 'worker/deliver').filter(({ may }) => may.includes('GetItem'))
    expect(reads.filter((right) => right.table === 'leads')).toMatchObject([
      { keys: ['DELIVERY#*'] },
      { keys: ['ENDPOINTS#*'] },
      { may: ['GetItem', 'PutItem', 'UpdateItem'], keys: ['FILE#*'] },
      { may: ['GetItem'], keys: ['SUPPRESSED#*'] },
      { may: ['GetItem', 'UpdateItem', 'DeleteItem'], keys: ['DEDUPE#*'] },
    ])
  })

  it('let capture write consents and leads, but read neither', () => {
    const about = listDataRights(built().service, 'capture').filter(({ keys }) => keys.includes('CONSENT#*'))
    expect(about).toMatchObject([{ may: ['PutItem'], keys: expect.arrayContaining(['LEAD#*']) }])
  })

  it('let sweep read only the due index, write only index attributes, and get nothing back from its writes', () => {
    const dataRights = listDataRights(built().service, 'worker/sweep')
    const reads = dataRights.filter(({ may }) => may.some(isRead))
    const writes = dataRights.filter(({ may }) => !may.every(isRead))
    expect(reads.map(({ index }) => index)).toEqual(['due'])
    expect(writes.map(({ attributes }) => attributes)).toEqual([[...dueIndexAttributes]])
    const update = built()
      .service.lambda('worker/sweep')
      .statements.find((statement) => JSON.stringify(statement).includes('UpdateItem'))
    expect(update?.Condition).toMatchObject({ StringEqualsIfExists: { 'dynamodb:ReturnValues': 'NONE' } })
  })

  it.each([
    ['worker/reconcile', /DELIVERY|CONSENT|PERSON/, /^REPORT#/],
    ['worker/roll-up', /CONSENT|PERSON/, /^REPORT(PROGRESS)?#|^RECOUNT#/],
  ])('let %s read no rows of %s, and write only %s', (name, forbiddenKeys, writtenKeys) => {
    const dataRights = listDataRights(built().service, name).filter(({ table }) => table === 'leads')
    expect(JSON.stringify(dataRights.map(({ keys }) => keys))).not.toMatch(forbiddenKeys)
    const writes = dataRights.filter(({ may }) => !may.every(isRead))
    expect(writes.flatMap(({ keys }) => keys).filter((key) => !writtenKeys.test(key))).toEqual([])
  })

  it('return nothing to deliver from its writes to counters', () => {
    const update = built()
      .service.lambda('worker/deliver')
      .statements.find((statement) => JSON.stringify(statement).includes('COUNTER#*'))
    expect(update?.Condition).toMatchObject({ StringEqualsIfExists: { 'dynamodb:ReturnValues': 'NONE' } })
  })

  it.each(lambdas)('grant $name secret, queue and mail only as its row says', ({ name, row }) => {
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

  it.each(lambdas)('grant $name no wildcard except for the identities of SES', ({ name, row }) => {
    const { statements } = built().service.lambda(name)
    const wild = statements.filter(({ Action, Resource }) => /\*"/.test(JSON.stringify([Action, Resource])))
    expect(wild.map(({ Action }) => Action)).toEqual(row.mail ? [['ses:SendEmail']] : [])
  })

  it.each(lambdas.filter(({ row }) => row.mail))(
    'let $name send from the one sender, whichever identity SES asks for, and through the one configuration set',
    ({ name }) => {
      const { statements, properties } = built().service.lambda(name)
      const sends = statements.filter(({ Action }) => hasText(Action, 'ses:'))
      expect(sends).toHaveLength(1)
      expect(sends[0]?.Condition).toEqual({ StringEquals: { 'ses:FromAddress': readVariables(properties).MAIL_FROM } })
      const resources = JSON.stringify(sends[0]?.Resource)
      expect(resources.match(/(?:identity|configuration-set)\/\*?/g)).toEqual(['identity/*', 'configuration-set/'])
    },
  )

  it.each(lambdas)('run $name on Node 24 and arm64 with its own log and every variable of its schema', ({ name }) => {
    const { properties } = built().service.lambda(name)
    expect(properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      LoggingConfig: { LogGroup: { Ref: expect.any(String) }, SystemLogLevel: 'WARN' },
    })
    const variables = readVariables(properties)
    expect(environments.get(name)?.parse(variables)).toEqual(variables)
  })

  it.each(lambdas)('give $name an alarm that says what to do', ({ name }) => {
    const { id } = built().service.lambda(name)
    const alarms = built()
      .service.of('CloudWatch::Alarm')
      .filter((alarm) => alarm.MetricName === 'Errors' && hasText(alarm.Dimensions, id))
    expect(alarms).toMatchObject([
      { AlarmActions: [expect.anything()], AlarmDescription: expect.stringMatching(/\. .+\./) },
    ])
  })
}

function isRead(action: string): boolean {
  return action === 'GetItem' || action === 'Query'
}

function listDataRights(service: TemplateReader, name: string) {
  const { statements } = service.lambda(name)
  return statements.filter(({ Action }) => hasText(Action, 'dynamodb:')).map(toTableRight)
}
