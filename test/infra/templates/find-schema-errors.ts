import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec'
import type { Property, PropertyType, TypeDefinition } from '@aws-cdk/service-spec-types'
import { parseIntrinsic, selectPath, type Template } from './template.ts'

const database = loadAwsServiceSpecSync()
type SchemaProperties = { readonly [name: string]: Property }

/**
 * What CloudFormation's own schema of each resource has to say against a template: types, properties and attributes that
 * it does not know, what is required and missing, values of another type or outside of a list.
 */
export function findSchemaErrors({ Resources }: Template): string[] {
  const ownResources = Object.entries(Resources).filter(([, { Type }]) => !Type.startsWith('Custom::'))
  return [
    ...ownResources.flatMap(([id, { Type, Properties }]) => {
      const schema = findSchema(Type)
      return schema ? checkProperties(Properties, schema.properties, id) : [`${id}: no resource is a ${Type}`]
    }),
    ...listAttributeReads(Resources).flatMap(([id, attribute]) => {
      const schema = findSchema(Resources[id]?.Type ?? '')
      return schema && !(attribute in schema.attributes) && !(attribute in schema.properties)
        ? [`${id}: it has no attribute ${attribute}`]
        : []
    }),
  ]
}

function findSchema(type: string) {
  return database.lookup('resource', 'cloudFormationType', 'equals', type)[0]
}

function checkProperties(values: object, properties: SchemaProperties, where: string): string[] {
  const missing = Object.entries(properties).flatMap(([name, { required }]) =>
    required === true && !(name in values) ? [`${where}: ${name} is missing`] : [],
  )
  const wrong = Object.entries(values).flatMap(([name, value]) => {
    const property = properties[name]
    return property ? checkValue(value, property.type, `${where}.${name}`) : [`${where}: ${name} is not known`]
  })
  return [...missing, ...wrong]
}

function checkValue(value: unknown, type: PropertyType, where: string): string[] {
  // What only a deployment knows.
  if (parseIntrinsic(value)) return []
  const fault = (expected: string) => [`${where}: ${JSON.stringify(value)?.slice(0, 80)} is not ${expected}`]
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
        ? value.flatMap((one, index) => checkValue(one, type.element, `${where}.${index}`))
        : fault('a list')
    case 'map':
      return isRecord(value)
        ? Object.entries(value).flatMap(([name, one]) => checkValue(one, type.element, `${where}.${name}`))
        : fault('a record')
    case 'ref':
      return isRecord(value)
        ? checkProperties(value, getTypeDefinition(type.reference).properties, where)
        : fault(`a ${getTypeDefinition(type.reference).name}`)
    case 'union': {
      const errorsByType = type.types.map((one) => checkValue(value, one, where))
      return errorsByType.some((faults) => faults.length === 0) ? [] : (errorsByType[0] ?? [])
    }
    default:
      return []
  }
}

function getTypeDefinition(reference: { $ref: string }): TypeDefinition {
  return database.get('typeDefinition', reference.$ref)
}

function isRecord(value: unknown): value is { [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function listAttributeReads(value: unknown): [id: string, attribute: string][] {
  const [name, content] = parseIntrinsic(value) ?? []
  if (name === 'Fn::GetAtt' && Array.isArray(content)) return [[String(content[0]), String(content[1])]]
  return selectPath(value, '*').flatMap(listAttributeReads)
}
