import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { App } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { computeIdleCost } from '#cli/cost/compute-idle-cost.ts'
import { EdgeStack } from '#infra/edge-stack.ts'
import { metricAlarms } from '#infra/metric-alarms.ts'
import { nagReasons } from '#infra/nag-reasons.ts'
import { ServiceStack } from '#infra/service-stack.ts'
import { StorageStack } from '#infra/storage-stack.ts'
import type { WorkerDefinition } from '#shared/platform/worker-definition.ts'
import { workers } from '#shared/platform/workers.ts'
import { alarmClaims } from './claims/alarm-claims.ts'
import { apiClaims } from './claims/api-claims.ts'
import { edgeClaims, getEdge, readDistribution } from './claims/edge-claims.ts'
import { lambdaClaims } from './claims/lambda-claims.ts'
import { tableClaims } from './claims/table-claims.ts'
import { findTemplateFaults, templateClaims } from './claims/template-claims.ts'
import { workerClaims } from './claims/worker-claims.ts'
import { createReader, readSample, type SynthesizedApp, synthesize } from './synthesize.ts'

const packs = [new AwsSolutionsChecks(), new ServerlessChecks()]

describe.each(['dev', 'prod'])('in %s', (name) => {
  const settings = readSample(name)
  const { stage } = settings
  let built: SynthesizedApp
  beforeAll(() => {
    built = synthesize(settings)
  })

  describe('the API', () => apiClaims(() => built))
  describe('workers', () => workerClaims(() => built))
  describe('tables', () => tableClaims(() => built, stage))
  describe('Lambdas', () => lambdaClaims(() => built))
  describe('alarms', () => alarmClaims(() => built, stage))
  describe('the edge', () => edgeClaims(() => built, stage))
  describe('templates', () => templateClaims(() => built))

  it('has alarms for dead letters, late queues, stopped schedules, API errors and every metric alarm', () => {
    const metrics = built.service.of('CloudWatch::Alarm').map(({ MetricName }) => MetricName)
    const every = Object.values<WorkerDefinition>(workers)
    const ofQueue = ['ApproximateAgeOfOldestMessage', 'ApproximateNumberOfMessagesVisible']
    const measured = metricAlarms.map(({ metric }) => metric)
    const expected = [
      '5xx',
      ...measured,
      ...every.flatMap(({ trigger: on }) => ('queue' in on ? ofQueue : ['Invocations'])),
    ]
    expect(metrics.filter((metric) => metric !== 'Errors' && metric !== 'Throttles').toSorted()).toEqual(
      expected.toSorted(),
    )
    const stopped = built.service.of('CloudWatch::Alarm').filter(({ MetricName }) => MetricName === 'Invocations')
    // Missing data is the failure. An alarm without data changes no state when it is new, so it notifies no one.
    for (const alarm of stopped)
      expect(alarm).toMatchObject({ TreatMissingData: 'missing', InsufficientDataActions: alarm.AlarmActions })
  })

  it('starts every alarm without notifying anyone', () => {
    const alarms = [built.service, getEdge(built)].flatMap((stack) => stack.of('CloudWatch::Alarm'))
    expect(alarms.filter(({ TreatMissingData }) => TreatMissingData === 'breaching')).toEqual([])
  })

  it('notifies each alarm address of both stacks', () => {
    for (const stack of [built.service, getEdge(built)])
      expect(stack.of('SNS::Subscription').map(({ Protocol, Endpoint }) => [Protocol, Endpoint])).toEqual(
        settings.alarmEmails.map((address) => ['email', address]),
      )
  })

  it('reserves concurrency for capture as its sizes say, and notifies of throttles', () => {
    const { id, properties } = built.service.lambda('capture')
    const { captureConcurrency } = stage
    expect(properties.ReservedConcurrentExecutions).toBe(
      captureConcurrency === 'unreserved' ? undefined : captureConcurrency,
    )
    const throttled = built.service.of('CloudWatch::Alarm').filter(({ MetricName }) => MetricName === 'Throttles')
    expect(throttled).toMatchObject([{ Threshold: 1, Dimensions: [{ Name: 'FunctionName', Value: { Ref: id } }] }])
  })

  it('protects every stack of a stage for production, so that a destroy deletes nothing', () => {
    expect(built.terminationProtection).toEqual([stage.isProtected, stage.isProtected, stage.isProtected])
  })

  it('lets CloudWatch publish to the alarm topic', () => {
    expect(JSON.stringify(built.service.of('SNS::TopicPolicy'))).toContain('cloudwatch.amazonaws.com')
  })

  it('has no cdk-nag finding without a written reason', () => {
    expect(packs.flatMap((pack) => pack.validateScope(built.app).violations)).toEqual([])
  })

  it('keeps templates small and free of secrets', () => {
    for (const { text, resources } of [built.storage, built.service, getEdge(built)]) {
      expect(text.length).toBeLessThan(500_000)
      expect(Object.keys(resources).length).toBeLessThan(450)
      expect(text).not.toMatch(/"SecretString"|BEGIN [A-Z ]*PRIVATE KEY|whsec_|AKIA[A-Z0-9]{16}/)
    }
    expect(built.storage.of('SecretsManager::Secret')).toMatchObject([
      { GenerateSecretString: { GenerateStringKey: 'root', SecretStringTemplate: '{}', PasswordLength: 128 } },
      { GenerateSecretString: { GenerateStringKey: 'current', SecretStringTemplate: '{}', PasswordLength: 64 } },
    ])
  })
})

it('leaves no folder behind when a stage is synthesized or its cost is counted', () => {
  const { TMPDIR } = process.env
  const folder = mkdtempSync(join(tmpdir(), 'prospectus-synth-'))
  process.env.TMPDIR = folder
  try {
    synthesize(readSample('dev'))
    computeIdleCost(readSample('dev'))
    expect(readdirSync(folder)).toEqual([])
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = TMPDIR
    rmSync(folder, { recursive: true })
  }
})

describe('separate stacks', () => {
  const { stage } = readSample('dev')
  const outdir = mkdtempSync(join(tmpdir(), 'prospectus-stacks-'))
  afterAll(() => rmSync(outdir, { recursive: true }))
  const synthesizeAlone = () => {
    const app = new App({ outdir, context: { 'aws:cdk:bundling-stacks': [] }, builtinCloudFormationValidation: false })
    const storage = new StorageStack(app, 'storage', { stage })
    const aTable = (name: string) => ({
      tableName: name,
      tableArn: `arn:aws:dynamodb:us-east-1:123456789012:table/${name}`,
    })
    const service = new ServiceStack(app, 'service', {
      stage,
      mailFrom: 'leads@college.example',
      alarmEmails: ['on-call@college.example'],
      catalog: aTable('Catalog'),
      leads: aTable('Leads'),
      secret: { secretArn: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:root-AbCdEf' },
    })
    const edge = new EdgeStack(app, 'edge', {
      stage,
      alarmEmails: [],
      env: { region: 'us-east-1' },
      apiDomain: 'api.example',
      edgeSecret: { secretArn: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:edge-AbCdEf' },
      edition: '1',
    })
    return { app, storage, service, edge }
  }

  it('import nothing from each other', () => {
    const { storage, service, edge } = synthesizeAlone()
    for (const stack of [storage, service, edge])
      expect(createReader(Template.fromStack(stack)).text).not.toContain('ImportValue')
  })

  it('have every finding that a reason is written for', () => {
    const foundRules = packs.flatMap((pack) =>
      pack.validateScope(synthesizeAlone().app).violations.map(({ ruleName }) => ruleName),
    )
    expect(new Set(foundRules)).toEqual(new Set(nagReasons.map(({ rule }) => rule)))
  })
})

describe('settings', () => {
  it('can omit the edge, and then no Lambda expects its secret', () => {
    const built = synthesize(readSample('dev', { edge: 'off' }))
    const { edge, service } = built
    expect(edge).toBeUndefined()
    expect(findTemplateFaults(built)).toEqual([])
    expect(service.text).not.toContain('EDGE_SECRET_ARN')
  })

  it('can set a custom domain with its certificate and TLS 1.2', () => {
    const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/one'
    const built = synthesize(readSample('dev', { domainName: 'api.college.example', certificateArn }))
    expect(readDistribution(getEdge(built))).toMatchObject({
      Aliases: ['api.college.example'],
      ViewerCertificate: { AcmCertificateArn: certificateArn, MinimumProtocolVersion: 'TLSv1.2_2021' },
    })
  })

  it('can set another region, while the edge and its secret stay in us-east-1', () => {
    const built = synthesize(readSample('prod', { region: 'eu-west-1' }))
    const origins = JSON.stringify(readDistribution(getEdge(built)).Origins)
    expect(origins).toContain(':secretsmanager:us-east-1:')
    const [, edgeSecret] = built.storage.of('SecretsManager::Secret')
    expect(edgeSecret?.ReplicaRegions).toEqual([{ Region: 'us-east-1' }])
    expect(findTemplateFaults(built)).toEqual([])
    expect(packs.flatMap((pack) => pack.validateScope(built.app).violations)).toEqual([])
  })

  it('can set the sizes of a stage', () => {
    const sizes = { captureConcurrency: 7, concurrentDeliveries: 9, logRetentionDays: 30, burst: 11 } as const
    const { service } = synthesize(readSample('dev', { sizes }))
    expect(service.lambda('capture').properties.ReservedConcurrentExecutions).toBe(7)
    expect(service.of('Lambda::EventSourceMapping')[0]).toMatchObject({ ScalingConfig: { MaximumConcurrency: 9 } })
    expect(service.of('Logs::LogGroup')[0]).toMatchObject({ RetentionInDays: 30 })
    expect(service.text).toContain('"ThrottlingBurstLimit":11')
  })
})
