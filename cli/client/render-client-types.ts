import type { ClientOperation } from './list-client-operations.ts'
import type { SelectedDocument } from './select-operations.ts'

/** Returns index.d.ts of the package: the client with a documented method for each operation, and its types by name. */
export function renderClientTypes(operations: readonly ClientOperation[], document: SelectedDocument): string {
  const schemas = Object.keys(document.components.schemas).map(
    (name) => `export type ${name} = components['schemas']['${name}']`,
  )
  return [
    "import type { CallOptions, PublisherClientOptions, LeadOptions, TraceOptions } from './client-options.js'",
    "import type { components, operations } from './schema.js'",
    '',
    "export * from './package-exports.js'",
    "export type { ProblemCode } from './problems.js'",
    '',
    ...schemas,
    '',
    '/** The operations for publishers. Each returns the body of a successful response; others throw. */',
    'export interface ProspectusClient {',
    ...operations.map((operation) => renderMethod(operation, document)),
    '}',
    '',
    '/** Returns a client of the API at `baseUrl`. */',
    'export declare function createClient(options: PublisherClientOptions): ProspectusClient',
    '',
  ].join('\n')
}

/** The codes that these operations can return, as problems.d.ts. */
export function renderProblemCodes(operations: readonly ClientOperation[]): string {
  const codes = new Set([...operations.flatMap(({ problems }) => problems), ...codesOfEveryAddress])
  return `export type ProblemCode =\n${[...codes]
    .toSorted()
    .map((code) => `  | '${code}'\n`)
    .join('')}`
}

const codesOfEveryAddress = ['ROUTE_NOT_FOUND', 'METHOD_NOT_ALLOWED', 'EDGE_REQUIRED'] as const

function renderMethod(operation: ClientOperation, document: SelectedDocument): string {
  const { name, summary, description, problems, accepts } = operation
  const options = accepts.includes('idempotency-key')
    ? 'LeadOptions'
    : accepts.includes('traceparent')
      ? 'TraceOptions'
      : 'CallOptions'
  const input = renderInput(operation, document)
  const comment = [
    `${summary}.`,
    ...(description ? [description] : []),
    `@throws {ProblemError} ${problems.join(', ')}`,
    '@throws {NoResponseError}',
  ]
  return [
    '  /**',
    ...comment.map((line) => `   * ${line.replaceAll('*/', '*\\/')}`),
    '   */',
    `  ${name}(${[input, `options?: ${options}`].filter(Boolean).join(', ')}): Promise<${renderResult(operation, document)}>`,
  ].join('\n')
}

function renderInput(
  { name, path, method, hasBody, hasInput, isInputOptional }: ClientOperation,
  document: SelectedDocument,
): string {
  if (!hasInput) return 'input?: undefined'
  const { requestBody, parameters } = getOperation(document, path, method)
  if (hasBody) return `body: ${renderContent(requestBody, `operations['${name}']['requestBody']`)}`
  const parts = ['path', 'query'].filter((part) => parameters.some((parameter) => parameter.in === part))
  const types = parts.map((part) => `operations['${name}']['parameters']['${part}']`)
  return `input${isInputOptional ? '?' : ''}: ${types.map((type) => `NonNullable<${type}>`).join(' & ')}`
}

function renderResult({ name, path, method }: ClientOperation, document: SelectedDocument): string {
  const [success] = Object.entries(getOperation(document, path, method).responses)
  if (!success) throw new Error(`${name} has no successful response.`)
  const [status, response] = success
  return renderContent(response, `operations['${name}']['responses']['${status}']`)
}

/** The name of a schema if the content is a reference to it; otherwise its place. */
function renderContent(described: unknown, place: string): string {
  const [media] = Object.entries(toObject(toObject(described).content))
  if (!media) throw new Error(`${place} has no content.`)
  const [type, content] = media
  const { $ref } = toObject(toObject(content).schema)
  return typeof $ref === 'string' ? $ref.replace('#/components/schemas/', '') : `${place}['content']['${type}']`
}

function getOperation({ paths }: SelectedDocument, path: string, method: string) {
  const operation = paths[path]?.[method.toLowerCase()]
  if (!operation) throw new Error(`${method} ${path} is not in the document.`)
  return operation
}

function toObject(value: unknown): { [name: string]: unknown } {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
