import * as z from 'zod'

const anyObject = z.record(z.string(), z.unknown())
const operation = z.looseObject({
  operationId: z.string(),
  parameters: z.array(z.looseObject({ in: z.string() })).default([]),
  responses: z.record(z.string(), z.looseObject({})),
})
const document = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.looseObject({ schemas: z.record(z.string(), anyObject) }),
})
/** The part of an OpenAPI document that describes some operations. */
export type SelectedDocument = z.output<typeof document>

/** Returns the document of these operations only: no problems, no headers, and no schema that they do not use. */
export function selectOperations(openapi: unknown, names: readonly string[]): SelectedDocument {
  const { paths, components, webhooks: _, tags: __, ...rest } = document.parse(openapi)
  const selected = Object.entries(paths).flatMap(([path, methods]) => {
    const operations = Object.entries(methods).filter(([, { operationId }]) => names.includes(operationId))
    if (operations.length === 0) return []
    return [[path, Object.fromEntries(operations.map(([method, one]) => [method, trim(one)]))] as const]
  })
  const selectedPaths = Object.fromEntries(selected)
  const used = findReferences(selectedPaths, components.schemas)
  const schemas = Object.entries(components.schemas).filter(([name]) => used.has(name))
  return { ...rest, paths: selectedPaths, components: { schemas: Object.fromEntries(schemas) } }
}

function trim({ operationId, parameters, responses, ...rest }: z.output<typeof operation>): z.output<typeof operation> {
  return {
    operationId,
    parameters: parameters.filter(({ in: place }) => place !== 'header'),
    ...(rest.requestBody !== undefined && { requestBody: rest.requestBody }),
    responses: Object.fromEntries(
      Object.entries(responses).flatMap(([status, { description, content }]) =>
        status.startsWith('2') ? [[status, { description, content }]] : [],
      ),
    ),
  }
}

function findReferences(value: unknown, schemas: { [name: string]: unknown }, found = new Set<string>()): Set<string> {
  if (typeof value !== 'object' || value === null) return found
  const name = '$ref' in value ? String(value.$ref).replace('#/components/schemas/', '') : undefined
  if (name !== undefined && !found.has(name)) {
    found.add(name)
    findReferences(schemas[name], schemas, found)
  }
  for (const inner of Object.values(value)) findReferences(inner, schemas, found)
  return found
}
