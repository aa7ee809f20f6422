import { at, intrinsicOf, type Template } from './template.ts'

const pseudo = /^AWS::(AccountId|NoValue|NotificationARNs|Partition|Region|StackId|StackName|URLSuffix)$/

/** What a template points at and is not there. `others` are the stacks that it may import from. */
export function dangling(template: Template, others: readonly Template[]): string[] {
  const here = new Set([...Object.keys(template.Resources), ...Object.keys(template.Parameters)])
  const exported = new Set(
    others.flatMap(({ Outputs }) => Object.values(Outputs).flatMap((one) => at(one, 'Export.Name'))).map(asText),
  )
  const missing = (id: string) => (here.has(id) || pseudo.test(id) ? [] : [id])
  const faultsOf: { [name: string]: (content: unknown) => string[] } = {
    Ref: (id) => missing(String(id)),
    'Fn::GetAtt': (path) => missing(Array.isArray(path) ? String(path[0]) : (String(path).split('.')[0] ?? '')),
    'Fn::Sub': (text) =>
      [...String(Array.isArray(text) ? text[0] : text).matchAll(/\$\{([\w:]+)[.}]/g)].flatMap(([, id = '']) =>
        missing(id),
      ),
    'Fn::ImportValue': (name) => (exported.has(asText(name)) ? [] : [asText(name)]),
  }
  const walk = (value: unknown): string[] => {
    const [name, content] = intrinsicOf(value) ?? []
    const inner = typeof value === 'object' && value !== null ? Object.values(value).flatMap(walk) : []
    return [...(name === undefined ? [] : (faultsOf[name]?.(content) ?? [])), ...inner]
  }
  const waitedFor = Object.values(template.Resources).flatMap(({ DependsOn }) => DependsOn.flatMap(missing))
  return [...walk(template.Resources), ...walk(template.Outputs), ...waitedFor].map((id) => `nothing is called ${id}`)
}

/** Keys of tables and indexes that are not defined, and attributes that are defined and are no key: both are refused. */
export function misdefined({ Resources }: Template): string[] {
  return Object.entries(Resources).flatMap(([id, { Type, Properties }]) => {
    if (Type !== 'AWS::DynamoDB::Table') return []
    const keys = ['KeySchema.*', 'GlobalSecondaryIndexes.*.KeySchema.*'].flatMap((path) =>
      at(Properties, `${path}.AttributeName`).map(String),
    )
    const defined = at(Properties, 'AttributeDefinitions.*.AttributeName').map(String)
    const [used, told] = [new Set(keys), new Set(defined)]
    return [...used.symmetricDifference(told)].map(
      (name) => `${id} has ${name} as a key or a definition, but not as both`,
    )
  })
}

/** Clocks that CloudWatch Events does not read: it wants one minute, and two minutes. */
export function misread({ Resources }: Template): string[] {
  return Object.values(Resources)
    .filter(({ Type }) => Type === 'AWS::Events::Rule')
    .flatMap(({ Properties }) => at(Properties, 'ScheduleExpression').map(String))
    .filter(
      (said) => !/^(rate\((1 (minute|hour|day)|(?!1 )\d+ (minutes|hours|days))\)|cron\(\S+( \S+){5}\))$/.test(said),
    )
}

function asText(name: unknown): string {
  return typeof name === 'string' ? name : JSON.stringify(name)
}
