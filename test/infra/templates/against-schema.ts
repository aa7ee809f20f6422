import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec'
import type { Property, PropertyType, TypeDefinition } from '@aws-cdk/service-spec-types'
import { at, intrinsicOf, type Template } from './template.ts'

const database = loadAwsServiceSpecSync()
type Properties = { readonly [name: string]: Property }

/**
 * What CloudFormation's own schema of each resource has to say against a template: types, properties and attributes that
 * it does not know, what is required and missing, values of another type or outside of a list.
 */
export function misfits({ Resources }: Template): string[] {
  const own = Object.entries(Resources).filter(([, { Type }]) => !Type.startsWith('Custom::'))
  return [
    ...own.flatMap(([id, { Type, Properties }]) => {
      const known = schemaOf(Type)
      return known ? misfitsIn(Properties, known.properties, id) : [`${id}: no resource is a ${Type}`]
    }),
    ...attributesRead(Resources).flatMap(([id, attribute]) => {
      const known = schemaOf(Resources[id]?.Type ?? '')
      return known && !(attribute in known.attributes) && !(attribute in known.properties)
        ? [`${id}: it has no attribute ${attribute}`]
        : []
    }),
  ]
}

function schemaOf(type: string) {
  return database.lookup('resource', 'cloudFormationType', 'equals', type)[0]
}

function misfitsIn(given: object, known: Properties, where: string): string[] {
  const missing = Object.entries(known).flatMap(([name, { required }]) =>
    required === true && !(name in given) ? [`${where}: ${name} is missing`] : [],
  )
  const wrong = Object.entries(given).flatMap(([name, value]) => {
    const property = known[name]
    return property ? misfitOf(value, property.type, `${where}.${name}`) : [`${where}: ${name} is not known`]
  })
  return [...missing, ...wrong]
}

function misfitOf(value: unknown, type: PropertyType, where: string): string[] {
  // What only a deployment knows.
  if (intrinsicOf(value)) return []
  const fault = (wanted: string) => [`${where}: ${JSON.stringify(value)?.slice(0, 80)} is not ${wanted}`]
  switch (type.type) {
    case 'string':
      if (typeof value === 'object') return fault('a text')
      return type.allowedValues && !type.allowedValues.includes(String(value))
        ? fault(`one of ${type.allowedValues.join(', ')}`)
        : []
    case 'integer':
      return /^-?\d+$/.test(String(value)) ? [] : fault('a whole number')
    case 'number':
      return typeof value !== 'object' && Number.isFinite(Number(value)) ? [] : fault('a number')
    case 'boolean':
      return /^(true|false)$/.test(String(value)) ? [] : fault('true or false')
    case 'array':
      return Array.isArray(value)
        ? value.flatMap((one, index) => misfitOf(one, type.element, `${where}.${index}`))
        : fault('a list')
    case 'map':
      return isRecord(value)
        ? Object.entries(value).flatMap(([name, one]) => misfitOf(one, type.element, `${where}.${name}`))
        : fault('a record')
    case 'ref':
      return isRecord(value)
        ? misfitsIn(value, definitionOf(type.reference).properties, where)
        : fault(`a ${definitionOf(type.reference).name}`)
    case 'union': {
      const each = type.types.map((one) => misfitOf(value, one, where))
      return each.some((faults) => faults.length === 0) ? [] : (each[0] ?? [])
    }
    default:
      return []
  }
}

function definitionOf(reference: { $ref: string }): TypeDefinition {
  return database.get('typeDefinition', reference.$ref)
}

function isRecord(value: unknown): value is { [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function attributesRead(value: unknown): [id: string, attribute: string][] {
  const [name, content] = intrinsicOf(value) ?? []
  if (name === 'Fn::GetAtt' && Array.isArray(content)) return [[String(content[0]), String(content[1])]]
  return at(value, '*').flatMap(attributesRead)
}
