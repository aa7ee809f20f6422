import { docsStyle } from './docs-style.ts'
import { type Html, html, prose } from './html.ts'
import { type Components, type DocumentedOperation, type Openapi, openapiParts } from './openapi-parts.ts'
import { operationSection } from './operation-section.ts'
import { isUnion, schemaTable } from './schema-table.ts'

/** The API as a page for people, drawn from the OpenAPI document: no script, nothing loaded. Serve it with `docsPolicy`. */
export function apiDocsPage(document: unknown): string {
  const { info, tags, paths, webhooks, components } = openapiParts.parse(document)
  const calls = listOperations(paths)
  const groups: Group[] = [
    ...tags.map(({ name, description }) => ({
      id: name,
      title: name,
      description,
      calls: calls.filter((call) => call.tags.includes(name)),
    })),
    {
      id: 'webhooks',
      title: 'webhooks',
      description: 'What Prospectus sends to a school, at the address that its campaign names.',
      calls: listOperations(webhooks),
    },
  ]
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${info.title} API</title>
<style>${{ html: docsStyle }}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the calls</a>
<header>
<h1>${info.title} API <small>${info.version}</small></h1>
<p>${info.summary}</p>
<p>${prose(info.description)}</p>
<p>For machines: <a href="/openapi.json">openapi.json</a></p>
</header>
<div class="page">
${contents(groups)}
<main id="main">
${groups.map(
  ({ id, title, description, calls: members }) => html`<section aria-labelledby="tag-${id}">
<h2 id="tag-${id}">${capitalize(title)}</h2>
<p>${description}</p>
${members.map((call) => operationSection(call, components))}
</section>
`,
)}
${keys(components)}
${unions(components)}
${problemList(components)}
</main>
</div>
<footer><p>Made from the contract that the functions parse with.</p></footer>
</body>
</html>
`.html
}

type Group = { id: string; title: string; description: string; calls: DocumentedOperation[] }

function listOperations(paths: Openapi['paths']): DocumentedOperation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, path, method: method.toUpperCase() })),
  )
}

function contents(groups: readonly Group[]): Html {
  return html`<nav aria-labelledby="contents">
<h2 id="contents">Contents</h2>
<ul>
${groups.map(
  ({ id, title, calls }) => html`<li><a href="#tag-${id}">${capitalize(title)}</a><ul>
${calls.map(({ operationId, method, path }) => html`<li><a href="#${operationId}">${method} ${path}</a></li>`)}
</ul></li>
`,
)}
<li><a href="#keys">Keys</a></li>
<li><a href="#schemas">Schemas</a></li>
<li><a href="#problems">Problems</a></li>
</ul>
</nav>`
}

function keys({ securitySchemes }: Components): Html {
  return html`<section aria-labelledby="keys">
<h2 id="keys">Keys</h2>
<dl>
${Object.entries(securitySchemes).map(
  ([name, { name: header, description }]) => html`<dt id="key-${name}"><code>${name}</code></dt>
<dd><code>${header ? `${header}: …` : 'Authorization: Bearer …'}</code> ${prose(description)}</dd>
`,
)}
</dl>
</section>`
}

function unions({ schemas }: Components): Html {
  return html`<section aria-labelledby="schemas">
<h2 id="schemas">Schemas</h2>
<p>Those that come in more than one form. Where a name ends in <code>Output</code>, it is the form that answers have.</p>
${Object.entries(schemas)
  .filter(([, schema]) => isUnion(schema))
  .map(
    ([name, schema]) => html`<section class="call" aria-labelledby="schema-${name}">
<h3 id="schema-${name}">${name}</h3>
${schemaTable(schema, schemas)}
</section>
`,
  )}
</section>`
}

function problemList({ examples }: Components): Html {
  return html`<section aria-labelledby="problems">
<h2 id="problems">Problems</h2>
<p>Errors are <code>application/problem+json</code> (RFC 9457). The code is stable; the sentences may change.</p>
<dl>
${Object.entries(examples).map(
  ([code, { summary, value }]) => html`<dt id="problem-${code}"><code>${code}</code></dt>
<dd>${value.status}. ${summary}.</dd>
`,
)}
</dl>
</section>`
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
