import type { ResourceChange } from './compare-templates.ts'
import { statefulTypes } from './replacing-properties.ts'
import type { StackTemplate } from './stack-template.ts'

/** The templates of a stage, by stack; a stack that does not exist is undefined. */
export type StageTemplates = { [stack in 'storage' | 'service' | 'edge']?: StackTemplate | undefined }

/** What a deployment changes for visitors, schools and staff, a line each: sender, names, retention, addresses, limits. */
export function describeChangesForPeople(before: StageTemplates, after: StageTemplates): string[] {
  if (!before.storage && !before.service) return ['A new stage: nothing of it is deployed yet.']
  if (!before.service) return ['A stage whose first deployment did not end: its tables exist, and nothing runs yet.']
  const [from, to] = [describeStage(before), describeStage(after)]
  return Object.keys(to).flatMap((label) =>
    from[label] === to[label] ? [] : [`${label}: ${from[label]} -> ${to[label]}`],
  )
}

/** The resources that are replaced or removed, without those that hold nothing and are made again at each change. */
export function describeReplacements(stack: string, changes: readonly ResourceChange[]): string[] {
  return changes.flatMap(({ id, type, kind, properties }) => {
    if (kind !== 'replaced' && kind !== 'removed') return []
    const isPermission = /^AWS::(Lambda::Permission|IAM::Policy|ApiGatewayV2::(Route|Integration))$/.test(type)
    if (isPermission && !statefulTypes[type]) return []
    return [`${stack}: ${type} ${id} is ${kind}${properties.length > 0 ? ` (${properties.join(', ')})` : ''}`]
  })
}

/** What people notice of a stage, in words. */
function describeStage({ service, edge }: StageTemplates): { [label: string]: string } {
  const variables = readLambdaVariables(service)
  const readVariable = (name: string) => variables.flatMap((one) => one[name] ?? []).map(String)[0]
  const readTable = (name: string) => {
    const value = variables.flatMap((one) => one[name] ?? [])[0]
    return typeof value === 'string' ? value : 'that of the storage stack'
  }
  const [distribution] = listResources(edge, 'AWS::CloudFront::Distribution')
  const config = readRecord(distribution, 'DistributionConfig')
  const addresses = listResources(service, 'AWS::SNS::Subscription').map(({ Endpoint }) => String(Endpoint))
  const retention = readVariable('RETENTION_DAYS')
  return {
    'Writes, deliveries and schedules': readVariable('MAINTENANCE') === 'on' ? 'stopped for maintenance' : 'running',
    Tables: [readTable('CATALOG_TABLE'), readTable('LEADS_TABLE')].join(' and '),
    'Sender of lead emails': readVariable('MAIL_FROM') ?? 'none',
    'Personal data is erased': retention === undefined || retention === 'never' ? 'never' : `after ${retention} days`,
    'Public address': describeAddress(edge !== undefined, config.Aliases),
    'Alarms notify': addresses.length > 0 ? addresses.toSorted().join(', ') : 'no one',
    'Edge secret': edge === undefined ? 'not in use' : String(config.Comment ?? ''),
    'Limits of an address and a key, per minute': ['ADDRESS_LIMIT_PER_MINUTE', 'KEY_LIMIT_PER_MINUTE']
      .map((name) => readVariable(name) ?? 'none')
      .join(' and '),
    'Concurrency of capture': String(
      listResources(service, 'AWS::Lambda::Function').find(({ Description }) => /: capture$/.test(String(Description)))
        ?.ReservedConcurrentExecutions ?? 'unreserved',
    ),
  }
}

/** The environment of each Lambda that has one. */
export function readLambdaVariables(template: StackTemplate | undefined): { [name: string]: unknown }[] {
  return listResources(template, 'AWS::Lambda::Function').flatMap(({ Environment }) =>
    Environment === undefined ? [] : [readRecord(Environment, 'Variables')],
  )
}

function describeAddress(hasEdge: boolean, aliases: unknown): string {
  if (!hasEdge) return 'ApiUrl, without edge and firewall'
  return Array.isArray(aliases) ? `https://${aliases.join(', https://')}` : "CloudFront's own name"
}

function listResources(template: StackTemplate | undefined, type: string) {
  return Object.values(template?.Resources ?? {}).flatMap((resource) =>
    resource.Type === type ? [resource.Properties] : [],
  )
}

function readRecord(value: unknown, name: string): { [name: string]: unknown } {
  const inner = typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(name) : undefined
  return typeof inner === 'object' && inner !== null ? { ...inner } : {}
}
