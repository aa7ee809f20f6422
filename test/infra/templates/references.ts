import { parseIntrinsic, selectPath, type Template } from './template.ts'

const pseudo = /^AWS::(AccountId|NoValue|NotificationARNs|Partition|Region|StackId|StackName|URLSuffix)$/

/** What a template points at and is not there. `others` are the stacks that it may import from. */
export function findDanglingReferences(template: Template, others: readonly Template[]): string[] {
  const knownIds = new Set([...Object.keys(template.Resources), ...Object.keys(template.Parameters)])
  const exportedNames = new Set(
    others
      .flatMap(({ Outputs }) => Object.values(Outputs).flatMap((one) => selectPath(one, 'Export.Name')))
      .map(toText),
  )
  const findMissing = (id: string) => (knownIds.has(id) || pseudo.test(id) ? [] : [id])
  const checksByIntrinsic: { [name: string]: (content: unknown) => string[] } = {
    Ref: (id) => findMissing(String(id)),
    'Fn::GetAtt': (path) => findMissing(Array.isArray(path) ? String(path[0]) : (String(path).split('.')[0] ?? '')),
    'Fn::Sub': (text) =>
      [...String(Array.isArray(text) ? text[0] : text).matchAll(/\$\{([\w:]+)[.}]/g)].flatMap(([, id = '']) =>
        findMissing(id),
      ),
    'Fn::ImportValue': (name) => (exportedNames.has(toText(name)) ? [] : [toText(name)]),
  }
  const walk = (value: unknown): string[] => {
    const [name, content] = parseIntrinsic(value) ?? []
    const inner = typeof value === 'object' && value !== null ? Object.values(value).flatMap(walk) : []
    return [...(name === undefined ? [] : (checksByIntrinsic[name]?.(content) ?? [])), ...inner]
  }
  const missingDependencies = Object.values(template.Resources).flatMap(({ DependsOn }) =>
    DependsOn.flatMap(findMissing),
  )
  return [...walk(template.Resources), ...walk(template.Outputs), ...missingDependencies].map(
    (id) => `nothing is called ${id}`,
  )
}

/** Keys of tables and indexes that are not defined, and attributes that are defined and are no key: both are refused. */
export function findKeyDefinitionErrors({ Resources }: Template): string[] {
  return Object.entries(Resources).flatMap(([id, { Type, Properties }]) => {
    if (Type !== 'AWS::DynamoDB::Table') return []
    const keys = ['KeySchema.*', 'GlobalSecondaryIndexes.*.KeySchema.*'].flatMap((path) =>
      selectPath(Properties, `${path}.AttributeName`).map(String),
    )
    const definedNames = selectPath(Properties, 'AttributeDefinitions.*.AttributeName').map(String)
    const [keyNames, definitionNames] = [new Set(keys), new Set(definedNames)]
    return [...keyNames.symmetricDifference(definitionNames)].map(
      (name) => `${id} has ${name} as a key or a definition, but not as both`,
    )
  })
}

/** Clocks that CloudWatch Events does not read: it wants one minute, and two minutes. */
export function findInvalidSchedules({ Resources }: Template): string[] {
  return Object.values(Resources)
    .filter(({ Type }) => Type === 'AWS::Events::Rule')
    .flatMap(({ Properties }) => selectPath(Properties, 'ScheduleExpression').map(String))
    .filter(
      (expression) =>
        !/^(rate\((1 (minute|hour|day)|(?!1 )\d+ (minutes|hours|days))\)|cron\(\S+( \S+){5}\))$/.test(expression),
    )
}

function toText(name: unknown): string {
  return typeof name === 'string' ? name : JSON.stringify(name)
}
