import { fillPath } from '../fill-path.ts'
import { type Html, html, prose } from './html.ts'
import { type Components, followed, type Operation, type Response } from './openapi-parts.ts'
import { meaningOf, schemaTable, typeOf } from './schema-table.ts'
import { type Row, table } from './table.ts'

/** One call: who may make it, what it takes, an example to paste, and everything that it may answer. */
export function operationSection(operation: Operation, components: Components): Html {
  const { operationId, method, path, summary, description, parameters, requestBody } = operation
  const body = requestBody?.content['application/json']
  return html`<section class="call" aria-labelledby="${operationId}">
<h3 id="${operationId}"><span class="method">${method}</span> <code>${path}</code></h3>
<p class="summary">${prose(summary)}</p>
${description && html`<p>${prose(description)}</p>`}
<p class="who">${callerOf(operation)}</p>
${parameters.length > 0 && html`<h4>Parameters</h4>${parametersTable(operation, components)}`}
${body && html`<h4>Body</h4><details><summary>Fields of the body</summary>${schemaTable(body.schema, components.schemas)}</details>`}
${!path.startsWith('/') && body?.example !== undefined && html`<h4>Example</h4><pre><code>${shown(body.example)}</code></pre>`}
${path.startsWith('/') && html`<h4>Example</h4><pre><code>${curl(operation)}</code></pre>`}
<h4>Answers</h4>
${Object.entries(operation.responses).map(([status, response]) => answer(status, followed(response, components.responses), components))}
${problemsTable(operation, components)}
</section>
`
}

function callerOf({ security }: Operation): Html {
  const schemes = security.flatMap((either) => Object.keys(either))
  if (schemes.length === 0) return html`No key.`
  const optional = security.some((either) => Object.keys(either).length === 0)
  const links = schemes.map((name, at) => html`${at > 0 && ' or '}<a href="#key-${name}"><code>${name}</code></a>`)
  return html`Key${optional && ' (may be left out)'}: ${links}`
}

function parametersTable({ parameters }: Operation, { schemas }: Components): Html {
  const rows = parameters.map(({ name, in: where, required, description, schema }): Row => {
    const named = html`<code>${name}</code> <small>${where}${required && ', required'}</small>`
    const told = { ...schema, description: description ?? schema.description }
    return { cells: [named, typeOf(schema, schemas), meaningOf(told, schemas)] }
  })
  return table(['Name', 'Type', 'Meaning'], rows)
}

const problemType = 'application/problem+json'

function answer(status: string, response: Response, components: Components): Html | false {
  if (problemType in response.content) return false
  const [[mediaType, media] = []] = Object.entries(response.content)
  const headers = Object.entries(response.headers).map(
    ([name, header]) =>
      html`<li><code>${name}</code> ${prose(followed(header, components.headers).description ?? '')}</li>`,
  )
  return html`<details><summary><strong>${status}</strong> ${prose(response.description)}</summary>
${headers.length > 0 && html`<ul>${headers}</ul>`}
${media && html`<p>As <code>${mediaType}</code>:</p>${schemaTable(media.schema, components.schemas)}`}
${media?.example !== undefined && html`<p>Such as:</p><pre><code>${shown(media.example)}</code></pre>`}
</details>
`
}

function shown(example: unknown): string {
  return typeof example === 'string' ? example : JSON.stringify(example, null, 2)
}

function problemsTable({ responses }: Operation, { responses: named, examples }: Components): Html | false {
  const rows = Object.entries(responses).flatMap(([status, response]) =>
    Object.keys(followed(response, named).content[problemType]?.examples ?? {}).map((code): Row => {
      const link = html`<a href="#problem-${code}"><code>${code}</code></a>`
      return { cells: [link, html`${status}`, html`${examples[code]?.summary}`] }
    }),
  )
  if (rows.length === 0) return false
  const problems = table(['Code', 'Status', 'Meaning'], rows)
  return html`<details><summary>Problems that it may answer with</summary>${problems}</details>`
}

/** The call as a line for a shell, where `$API` is the address of the API and `$KEY` is a key. */
function curl({ method, path, parameters, security, requestBody }: Operation): string {
  const given = (where: string) =>
    parameters.flatMap(({ name, in: place, example, required }) =>
      place === where && (example !== undefined || required) ? [[name, String(example ?? `{${name}}`)] as const] : [],
    )
  const query = new URLSearchParams(Object.fromEntries(given('query'))).toString()
  const filled = fillPath(path, Object.fromEntries(given('path')))
  const headers = given('header').map(([name, value]) => `${name}: ${value}`)
  const [scheme] = security.flatMap((either) => Object.keys(either))
  const body = requestBody?.content['application/json']?.example
  if (body !== undefined) headers.push('Content-Type: application/json')
  return [
    `curl${method === 'GET' ? '' : ` -X ${method}`} "$API${filled}${query && `?${query}`}"`,
    ...(scheme ? [scheme === 'sourceKey' ? '-H "X-Source-Key: $KEY"' : '-H "Authorization: Bearer $KEY"'] : []),
    ...headers.map((header) => `-H ${quoted(header)}`),
    ...(body === undefined ? [] : [`-d ${quoted(JSON.stringify(body, null, 2))}`]),
  ].join(' \\\n  ')
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
