import { fillPath } from '../fill-path.ts'
import { type Html, html, prose } from './html.ts'
import {
  type Components,
  type DocumentedOperation,
  type DocumentedResponse,
  resolveReference,
} from './openapi-parts.ts'
import { renderMeaning, renderType, schemaTable } from './schema-table.ts'
import { type DocsTableRow, table } from './table.ts'

/** One call: who may make it, what it takes, an example to paste, and everything that it may answer. */
export function operationSection(operation: DocumentedOperation, components: Components): Html {
  const { operationId, method, path, summary, description, parameters, requestBody } = operation
  const body = requestBody?.content['application/json']
  return html`<section class="call" aria-labelledby="${operationId}">
<h3 id="${operationId}"><span class="method">${method}</span> <code>${path}</code></h3>
<p class="summary">${prose(summary)}</p>
${description && html`<p>${prose(description)}</p>`}
<p class="who">${keyNote(operation)}</p>
${parameters.length > 0 && html`<h4>Parameters</h4>${parametersTable(operation, components)}`}
${body && html`<h4>Body</h4><details><summary>Fields of the body</summary>${schemaTable(body.schema, components.schemas)}</details>`}
${!path.startsWith('/') && body?.example !== undefined && html`<h4>Example</h4><pre><code>${formatExample(body.example)}</code></pre>`}
${path.startsWith('/') && html`<h4>Example</h4><pre><code>${curl(operation)}</code></pre>`}
<h4>Answers</h4>
${Object.entries(operation.responses).map(([status, response]) => responseDetails(status, resolveReference(response, components.responses), components))}
${problemsTable(operation, components)}
</section>
`
}

function keyNote({ security }: DocumentedOperation): Html {
  const schemes = security.flatMap((either) => Object.keys(either))
  if (schemes.length === 0) return html`No key.`
  const optional = security.some((either) => Object.keys(either).length === 0)
  const links = schemes.map(
    (name, index) => html`${index > 0 && ' or '}<a href="#key-${name}"><code>${name}</code></a>`,
  )
  return html`Key${optional && ' (may be left out)'}: ${links}`
}

function parametersTable({ parameters }: DocumentedOperation, { schemas }: Components): Html {
  const rows = parameters.map(({ name, in: location, required, description, schema }): DocsTableRow => {
    const nameCell = html`<code>${name}</code> <small>${location}${required && ', required'}</small>`
    const parameterSchema = { ...schema, description: description ?? schema.description }
    return { cells: [nameCell, renderType(schema, schemas), renderMeaning(parameterSchema, schemas)] }
  })
  return table(['Name', 'Type', 'Meaning'], rows)
}

const problemType = 'application/problem+json'

function responseDetails(status: string, response: DocumentedResponse, components: Components): Html | false {
  if (problemType in response.content) return false
  const [[mediaType, media] = []] = Object.entries(response.content)
  const headers = Object.entries(response.headers).map(
    ([name, header]) =>
      html`<li><code>${name}</code> ${prose(resolveReference(header, components.headers).description ?? '')}</li>`,
  )
  return html`<details><summary><strong>${status}</strong> ${prose(response.description)}</summary>
${headers.length > 0 && html`<ul>${headers}</ul>`}
${media && html`<p>As <code>${mediaType}</code>:</p>${schemaTable(media.schema, components.schemas)}`}
${media?.example !== undefined && html`<p>Such as:</p><pre><code>${formatExample(media.example)}</code></pre>`}
</details>
`
}

function formatExample(example: unknown): string {
  return typeof example === 'string' ? example : JSON.stringify(example, null, 2)
}

function problemsTable(
  { responses }: DocumentedOperation,
  { responses: sharedResponses, examples }: Components,
): Html | false {
  const rows = Object.entries(responses).flatMap(([status, response]) =>
    Object.keys(resolveReference(response, sharedResponses).content[problemType]?.examples ?? {}).map(
      (code): DocsTableRow => {
        const link = html`<a href="#problem-${code}"><code>${code}</code></a>`
        return { cells: [link, html`${status}`, html`${examples[code]?.summary}`] }
      },
    ),
  )
  if (rows.length === 0) return false
  const problems = table(['Code', 'Status', 'Meaning'], rows)
  return html`<details><summary>Problems that it may answer with</summary>${problems}</details>`
}

/** The call as a line for a shell, where `$API` is the address of the API and `$KEY` is a key. */
function curl({ method, path, parameters, security, requestBody }: DocumentedOperation): string {
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
