import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { App } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import * as z from 'zod'
import { buildApp } from '#infra/build-app.ts'
import { type StageSettings, toStageSettings } from '#infra/stage.ts'
import { readStageFile, type StageFile } from '#infra/stage-file.ts'
import cdkJson from '../../cdk.json' with { type: 'json' }

const folder = join(import.meta.dirname, 'stages')

/** The settings of a complete sample stage, `dev` or `prod`, as an operator would have written them. */
export function readSample(name: string, overrides: Partial<StageFile> = {}): StageSettings {
  return toStageSettings(name, { ...readStageFile(name, { folder }), ...overrides })
}

/**
 * The whole app of a stage as CloudFormation would get it, but for the bundles. CDK's own check of templates, which takes half
 * of the time and only prints warnings, is left to `npm run synth`.
 */
export function synthesize(settings: StageSettings) {
  const app = new App({
    context: { ...cdkJson.context, 'aws:cdk:bundling-stacks': [] },
    builtinCloudFormationValidation: false,
    treeMetadata: false,
    stackTraces: false,
  })
  const { storage, service, edge } = buildApp(app, settings)
  const templates = {
    storage: createReader(Template.fromStack(storage)),
    service: createReader(Template.fromStack(service)),
    ...(edge && { edge: createReader(Template.fromStack(edge)) }),
  }
  rmSync(app.outdir, { recursive: true })
  return {
    app,
    terminationProtection: [storage, service, ...(edge ? [edge] : [])].map(
      (stack) => stack.terminationProtection ?? false,
    ),
    ...templates,
  }
}

export type SynthesizedApp = ReturnType<typeof synthesize>
export type TemplateReader = ReturnType<typeof createReader>
export type ResourceProperties = { [name: string]: unknown }

export function createReader(template: Template) {
  const text = JSON.stringify(template.toJSON())
  const { Resources: resources } = shape.parse(JSON.parse(text))
  const listResources = (type: string) =>
    Object.entries(resources).filter(([, resource]) => resource.Type === `AWS::${type}`)

  return {
    text,
    resources,
    /** The properties of every resource of a type, such as `SQS::Queue`. */
    of: (type: string): ResourceProperties[] => listResources(type).map(([, { Properties }]) => Properties),
    /** One Lambda by the folder that it is built from, with every statement of its role. */
    lambda(name: string) {
      const [entry] = listResources('Lambda::Function').filter(([, { Properties }]) =>
        hasText(Properties.Description, `: ${name}"`),
      )
      if (!entry) throw new Error(`There is no Lambda ${name} in the template.`)
      const [id, { Properties: properties }] = entry
      const { Role: role } = z
        .object({ Role: z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) }) })
        .parse(properties)
      const policies = listResources('IAM::Policy').map(([, { Properties }]) => policy.parse(Properties))
      const statements = policies
        .filter(({ Roles }) => Roles.some(({ Ref }) => Ref === role['Fn::GetAtt'][0]))
        .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
      return { id, properties, statements }
    },
  }
}

const shape = z.object({
  Resources: z.record(
    z.string(),
    z.looseObject({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) }),
  ),
})
const statement = z.object({
  Effect: z.literal('Allow'),
  Action: z.union([z.string().transform((one) => [one]), z.array(z.string())]),
  Resource: z.unknown(),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
})
export type Statement = z.output<typeof statement>
const patterns = z.union([z.array(z.string()), z.literal('any')])
const policy = z.object({
  Roles: z.array(z.object({ Ref: z.string() })),
  PolicyDocument: z.object({ Statement: z.array(statement) }),
})

/** A statement about a table, as the rights table would put it. */
export function toTableRight({ Action, Resource, Condition }: Statement) {
  const [, name = ''] = /(Catalog|Leads)/.exec(JSON.stringify(Resource)) ?? []
  const attributes = Condition?.['ForAllValues:StringEquals']?.['dynamodb:Attributes']
  const [, index] = /\/index\/(\w+)/.exec(JSON.stringify(Resource)) ?? []
  return {
    table: name.toLowerCase(),
    ...(index && { index }),
    may: Action.map((action) => action.replace('dynamodb:', '')),
    keys: patterns.parse(Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] ?? 'any'),
    ...(attributes !== undefined && { attributes }),
  }
}

/** The logical id of the Lambda behind a route. */
export function findRouteLambda(service: TemplateReader, key: string): string | undefined {
  const route = service
    .of('ApiGatewayV2::Route')
    .find(({ RouteKey }) => RouteKey === key || RouteKey === key.replace(/^\w+/, 'ANY'))
  const integrations = Object.entries(service.resources).filter(([id]) => hasText(route?.Target, id))
  const [, integration] = integrations.find(([, { Type }]) => Type === 'AWS::ApiGatewayV2::Integration') ?? []
  const integrationTarget = z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) })
  return integrationTarget.parse(integration?.Properties.IntegrationUri)['Fn::GetAtt'][0]
}

/** A Lambda's environment; what only CloudFormation knows becomes a URL, which every such variable may be. */
export function readVariables({ Environment }: ResourceProperties) {
  const variables = z.object({ Variables: z.record(z.string(), z.unknown()) }).parse(Environment).Variables
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : 'https://later.example/',
    ]),
  )
}

export function findTable(storage: TemplateReader, name: string): ResourceProperties {
  const entry = Object.entries(storage.resources).find(
    ([id, { Type }]) => Type === 'AWS::DynamoDB::Table' && id.toLowerCase().startsWith(name),
  )
  if (!entry) throw new Error(`There is no table ${name} in the template.`)
  return entry[1].Properties
}

export function hasText(value: unknown, text: string): boolean {
  return JSON.stringify(value)?.includes(text) ?? false
}
