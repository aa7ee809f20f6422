import { fillPath } from '#shared/contract/fill-path.ts'
import { element, type MarkupNode } from '../parts/element.ts'
import { docsLinks } from './docs-links.ts'
import {
  type Components,
  type DocumentedOperation,
  type DocumentedResponse,
  resolveReference,
} from './openapi-parts.ts'
import { type FieldRow, renderFieldList } from './render-field-list.ts'
import { renderProse } from './render-prose.ts'
import { present, renderMeaning, renderSchemaFields, renderType } from './render-schema-fields.ts'

/** One operation: who may call it, what it takes, an example to paste, and every response. */
export function renderOperationSection(operation: DocumentedOperation, components: Components): MarkupNode {
  const { operationId, method, path, summary, description, parameters, requestBody } = operation
  const body = requestBody?.content['application/json']
  const isCall = path.startsWith('/')
  const example = isCall ? formatCurl(operation) : body?.example !== undefined && formatExample(body.example)
  return element(
    'section',
    { class: 'call', 'aria-labelledby': operationId },
    element('h2', { id: operationId }, element('span', { class: 'method' }, method), ' ', element('code', {}, path)),
    element('p', { class: 'summary' }, renderProse(summary)),
    description !== undefined && element('p', {}, renderProse(description)),
    element('p', { class: 'who' }, renderKeyNote(operation)),
    parameters.length > 0 && [element('h3', {}, 'Parameters'), renderParameters(operation, components)],
    body && [
      element('h3', {}, 'Body'),
      renderDetails('Fields of the body', renderSchemaFields(body.schema, components.schemas)),
    ],
    example && [element('h3', {}, 'Example'), renderCode(example)],
    element('h3', {}, 'Responses'),
    Object.entries(operation.responses).map(([status, response]) =>
      renderResponse(status, resolveReference(response, components.responses), components),
    ),
    renderProblems(operation, components),
  )
}

function renderKeyNote({ security }: DocumentedOperation): MarkupNode {
  const schemes = security.flatMap((either) => Object.keys(either))
  if (schemes.length === 0) return 'No key.'
  const isOptional = security.some((either) => Object.keys(either).length === 0)
  const links = schemes.map((name, index) => [
    index > 0 && ' or ',
    element('a', { href: docsLinks.key(name) }, element('code', {}, name)),
  ])
  return ['Key', isOptional && ' (optional)', ': ', links]
}

function renderParameters({ parameters }: DocumentedOperation, { schemas }: Components): MarkupNode {
  const rows = parameters.map(({ name, in: location, required, description, schema }): FieldRow => {
    const nameCell = [
      element('code', {}, name),
      ' ',
      element('small', {}, `${location}${required ? ', required' : ''}`),
    ]
    const parameterSchema = { ...schema, description: description ?? schema.description }
    return { cells: [nameCell, renderType(schema, schemas), ...present(renderMeaning(parameterSchema, schemas))] }
  })
  return renderFieldList(rows)
}

const problemType = 'application/problem+json'

function renderResponse(status: string, response: DocumentedResponse, components: Components): MarkupNode {
  if (problemType in response.content) return undefined
  const [[mediaType, media] = []] = Object.entries(response.content)
  const headers = Object.entries(response.headers).map(([name, header]) =>
    element(
      'li',
      {},
      element('code', {}, name),
      ' ',
      renderProse(resolveReference(header, components.headers).description ?? ''),
    ),
  )
  return renderDetails(
    [element('strong', {}, status), ' ', renderProse(response.description)],
    headers.length > 0 && element('ul', {}, headers),
    media && [
      element('p', {}, 'As ', element('code', {}, mediaType), ':'),
      renderSchemaFields(media.schema, components.schemas),
    ],
    media?.example !== undefined && [element('p', {}, 'Example:'), renderCode(formatExample(media.example))],
  )
}

function renderProblems(
  { responses }: DocumentedOperation,
  { responses: sharedResponses, examples }: Components,
): MarkupNode {
  const rows = Object.entries(responses).flatMap(([status, response]) =>
    Object.keys(resolveReference(response, sharedResponses).content[problemType]?.examples ?? {}).map(
      (code): FieldRow => {
        const link = element('a', { href: docsLinks.problem(code) }, element('code', {}, code))
        return { cells: [link, status, examples[code]?.summary] }
      },
    ),
  )
  if (rows.length === 0) return undefined
  return renderDetails('Possible problems', renderFieldList(rows))
}

function renderDetails(summary: MarkupNode, ...content: MarkupNode[]): MarkupNode {
  return element('details', {}, element('summary', {}, summary), content)
}

function renderCode(text: string): MarkupNode {
  return element('pre', {}, element('code', {}, text))
}

function formatExample(example: unknown): string {
  return typeof example === 'string' ? example : JSON.stringify(example, null, 2)
}

/** A shell command for the operation; `$API` is the address of the API and `$KEY` is a key. */
function formatCurl({ method, path, parameters, security, requestBody }: DocumentedOperation): string {
  const listParameters = (location: string) =>
    parameters.flatMap(({ name, in: parameterLocation, example, required }) =>
      parameterLocation === location && (example !== undefined || required)
        ? [[name, String(example ?? `{${name}}`)] as const]
        : [],
    )
  const query = new URLSearchParams(Object.fromEntries(listParameters('query'))).toString()
  const filledPath = fillPath(path, Object.fromEntries(listParameters('path')))
  const headers = listParameters('header').map(([name, value]) => `${name}: ${value}`)
  const [scheme] = security.flatMap((either) => Object.keys(either))
  const body = requestBody?.content['application/json']?.example
  if (body !== undefined) headers.push('Content-Type: application/json')
  return [
    `curl${method === 'GET' ? '' : ` -X ${method}`} "$API${filledPath}${query && `?${query}`}"`,
    ...(scheme ? [scheme === 'sourceKey' ? '-H "X-Source-Key: $KEY"' : '-H "Authorization: Bearer $KEY"'] : []),
    ...headers.map((header) => `-H ${quoteForShell(header)}`),
    ...(body === undefined ? [] : [`-d ${quoteForShell(JSON.stringify(body, null, 2))}`]),
  ].join(' \\\n  ')
}

function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
