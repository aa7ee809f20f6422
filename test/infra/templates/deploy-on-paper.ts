import { isDeepStrictEqual } from 'node:util'
import { compareTemplates } from '#cli/deploy/compare-templates.ts'
import { replacingProperties } from '#cli/deploy/replacing-properties.ts'
import type { StackTemplate } from '#cli/deploy/stack-template.ts'

/** The deployed stacks, by `region/name`. */
export type Deployment = Map<string, StackTemplate>

/**
 * Updates or, without a template, deletes a stack, and returns why CloudFormation would refuse it: exports in use, imports of
 * nothing, outputs that do not exist, and the replacement of a resource that keeps a name of its own.
 */
export function deployStack(deployed: Deployment, stack: string, template: StackTemplate | undefined): string[] {
  const before = deployed.get(stack)
  const [region = ''] = stack.split('/')
  const others = [...deployed].filter(([name]) => name !== stack && name.startsWith(`${region}/`))
  const faults: string[] = []

  const exportsAfter = listExports(template)
  for (const [name, value] of listExports(before)) {
    const [importer] = others.find(([, other]) => listIntrinsics(other, 'Fn::ImportValue').includes(name)) ?? []
    if (importer === undefined) continue
    if (!exportsAfter.has(name)) faults.push(`${stack} cannot remove export ${name}, which ${importer} imports`)
    else if (!isDeepStrictEqual(exportsAfter.get(name), value))
      faults.push(`${stack} cannot change export ${name}, which ${importer} imports`)
  }
  const exportedNames = new Set(others.flatMap(([, other]) => [...listExports(other).keys()]))
  for (const name of new Set(listIntrinsics(template, 'Fn::ImportValue')))
    if (!exportedNames.has(String(name))) faults.push(`${stack} imports ${name}, which is not exported`)
  for (const [name] of exportsAfter)
    if (exportedNames.has(name)) faults.push(`${stack} exports ${name}, which another stack exports`)
  for (const { source, output } of listStackOutputs(template, region))
    if (!deployed.get(source)?.Outputs[output])
      faults.push(`${stack} reads output ${output} of ${source}, which does not exist`)

  if (before && template)
    for (const { id, kind, type } of compareTemplates(before, template)) {
      const name = readPhysicalName(before, id)
      if (kind === 'replaced' && name !== undefined && name === readPhysicalName(template, id))
        faults.push(`${stack} cannot replace ${id}, which has the name ${JSON.stringify(name)} (${type})`)
    }

  if (template) deployed.set(stack, template)
  else deployed.delete(stack)
  return faults
}

/** Types whose names are unique in an account, and not only in their region. */
const globalTypes = /^AWS::(CloudWatch::Dashboard|CloudFront::\w+|IAM::Role|S3::Bucket)$/

// An inline policy belongs to its role, and the stage of an API to its API.
const typesWithinParent = /^AWS::(IAM::Policy|ApiGatewayV2::Stage)$/

/** Resources that cannot exist together, because they have the same name in the same place. */
export function findNameConflicts(stages: readonly Deployment[]): string[] {
  const stacksByName = new Map<string, string>()
  return stages
    .flatMap((stage) => [...stage])
    .flatMap(([stack, template]) =>
      Object.entries(template.Resources).flatMap(([id, { Type }]) => {
        const name = readPhysicalName(template, id)
        if (name === undefined || typesWithinParent.test(Type)) return []
        const place = globalTypes.test(Type) ? 'everywhere' : stack.split('/')[0]
        const key = `${place} ${Type} ${JSON.stringify(name)}`
        const other = stacksByName.get(key)
        stacksByName.set(key, stack)
        return other === undefined ? [] : [`${Type} ${JSON.stringify(name)} of ${stack} exists in ${other}`]
      }),
    )
}

export function listTypes({ Resources }: StackTemplate): string[] {
  return Object.values(Resources).map(({ Type }) => Type)
}

function listExports(template: StackTemplate | undefined): Map<string, unknown> {
  return new Map(
    Object.values(template?.Outputs ?? {}).flatMap(({ Export, Value }) => {
      const [name] = Object.values(Export ?? {})
      return name === undefined ? [] : [[String(name), Value] as const]
    }),
  )
}

function listStackOutputs(template: StackTemplate | undefined, region: string) {
  return listIntrinsics(template, 'Fn::GetStackOutput').map((content) => {
    const parameters = new Map(Object.entries(content ?? {}))
    return {
      source: `${parameters.get('Region') ?? region}/${parameters.get('StackName')}`,
      output: String(parameters.get('OutputName')),
    }
  })
}

/** The contents of every intrinsic function of this name. */
function listIntrinsics(value: unknown, name: string): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, content]) => (key === name ? [content] : listIntrinsics(content, name)))
}

/** The name that a template itself gives to a resource, in or below its properties: `Name`, `TableName`, `Config.Name`. */
function readPhysicalName(template: StackTemplate, id: string): unknown {
  const { Type, Properties } = template.Resources[id] ?? { Type: '', Properties: {} }
  const [, , resource = ''] = Type.split('::')
  const config = Object.entries(Properties).find(([name]) => name === `${resource}Config`)?.[1]
  const named = { ...Properties, ...(typeof config === 'object' && config) }
  const nameProperties = [`${resource}Name`, ...(isNameUnique(Type) ? ['Name'] : [])]
  const value = nameProperties.flatMap((name) => new Map(Object.entries(named)).get(name) ?? [])[0]
  return typeof value === 'string' ? value : undefined
}

// `Name` of an API, for example, is only a label.
function isNameUnique(type: string): boolean {
  return type.startsWith('AWS::CloudFront::') || (replacingProperties[type] ?? []).includes('Name')
}
