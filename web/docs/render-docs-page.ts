import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { colorVariables } from '../parts/colors.ts'
import { element, type MarkupNode } from '../parts/element.ts'
import { toHtmlDocument } from '../parts/to-html.ts'
import { type Components, type DocumentedOperation, type Openapi, openapiParts } from './openapi-parts.ts'
import { renderOperationSection } from './render-operation-section.ts'
import { renderProse } from './render-prose.ts'
import { isUnion, renderSchemaTable } from './render-schema-table.ts'

/** The page of `GET /docs` and the policy that it is served with. */
type DocsPage = { html: string; contentSecurityPolicy: string }

/** The API as a page for people, made from the OpenAPI document. It runs no script and loads nothing. */
export function renderDocsPage(openapi: unknown): DocsPage {
  const { info, tags, paths, webhooks, components } = openapiParts.parse(openapi)
  const operations = listOperations(paths)
  const groups: Group[] = [
    ...tags.map(({ name, description }) => ({
      id: name,
      title: capitalize(name),
      description,
      operations: operations.filter((operation) => operation.tags.includes(name)),
    })),
    {
      id: 'webhooks',
      title: 'Webhooks',
      description: 'Requests that Prospectus sends to a school, at the address of its campaign.',
      operations: listOperations(webhooks),
    },
  ]
  const style = `:root{${colorVariables}}\n${readFileSync(new URL('docs.css', import.meta.url), 'utf8')}`
  const html = toHtmlDocument({
    title: `${info.title} API`,
    head: element('style', {}, style),
    body: [
      element('a', { class: 'skip', href: '#main' }, 'Skip to content'),
      element(
        'header',
        {},
        element('h1', {}, `${info.title} API `, element('small', {}, info.version)),
        element('p', {}, info.summary),
        element('p', {}, renderProse(info.description)),
        element('p', {}, 'As OpenAPI: ', element('a', { href: '/openapi.json' }, 'openapi.json')),
      ),
      element(
        'div',
        { class: 'page' },
        renderContents(groups),
        element(
          'main',
          { id: 'main' },
          groups.map((group) => renderGroup(group, components)),
          renderKeys(components),
          renderUnions(components),
          renderProblems(components),
        ),
      ),
      element('footer', {}, element('p', {}, 'Generated from the contract that validates every request.')),
    ],
  })
  return { html, contentSecurityPolicy: buildPolicy(style) }
}

type Group = { id: string; title: string; description: string; operations: DocumentedOperation[] }

function listOperations(paths: Openapi['paths']): DocumentedOperation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, path, method: method.toUpperCase() })),
  )
}

function renderContents(groups: readonly Group[]): MarkupNode {
  const renderEntry = (id: string, label: string, entries?: MarkupNode) =>
    element('li', {}, element('a', { href: `#${id}` }, label), entries)
  return element(
    'nav',
    { 'aria-labelledby': 'contents' },
    element('h2', { id: 'contents' }, 'Contents'),
    element(
      'ul',
      {},
      groups.map(({ id, title, operations }) => {
        const entries = operations.map(({ operationId, method, path }) => renderEntry(operationId, `${method} ${path}`))
        return renderEntry(`tag-${id}`, title, element('ul', {}, entries))
      }),
      renderEntry('keys', 'Keys'),
      renderEntry('schemas', 'Schemas'),
      renderEntry('problems', 'Problems'),
    ),
  )
}

function renderGroup({ id, title, description, operations }: Group, components: Components): MarkupNode {
  return renderSection(`tag-${id}`, title, [
    element('p', {}, description),
    operations.map((operation) => renderOperationSection(operation, components)),
  ])
}

function renderKeys({ securitySchemes }: Components): MarkupNode {
  const entries = Object.entries(securitySchemes).map(([name, { name: header, description }]) => [
    element('dt', { id: `key-${name}` }, element('code', {}, name)),
    element(
      'dd',
      {},
      element('code', {}, header ? `${header}: ...` : 'Authorization: Bearer ...'),
      ' ',
      renderProse(description),
    ),
  ])
  return renderSection('keys', 'Keys', element('dl', {}, entries))
}

function renderUnions({ schemas }: Components): MarkupNode {
  return renderSection('schemas', 'Schemas', [
    element(
      'p',
      {},
      'Schemas with more than one form. A name that ends in ',
      element('code', {}, 'Output'),
      ' is the form that responses have.',
    ),
    Object.entries(schemas)
      .filter(([, schema]) => isUnion(schema))
      .map(([name, schema]) =>
        element(
          'section',
          { class: 'call', 'aria-labelledby': `schema-${name}` },
          element('h3', { id: `schema-${name}` }, name),
          renderSchemaTable(schema, schemas),
        ),
      ),
  ])
}

function renderProblems({ examples }: Components): MarkupNode {
  const entries = Object.entries(examples).map(([code, { summary, value }]) => [
    element('dt', { id: `problem-${code}` }, element('code', {}, code)),
    element('dd', {}, `${value.status}. ${summary}.`),
  ])
  return renderSection('problems', 'Problems', [
    element(
      'p',
      {},
      'Errors are ',
      element('code', {}, 'application/problem+json'),
      ' (RFC 9457). Codes are stable; sentences may change.',
    ),
    element('dl', {}, entries),
  ])
}

function renderSection(id: string, heading: string, body: MarkupNode): MarkupNode {
  return element('section', { 'aria-labelledby': id }, element('h2', { id }, heading), body)
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Nothing is loaded, run or framed, and the page's own style sheet is the only one. */
function buildPolicy(style: string): string {
  const styleHash = createHash('sha256').update(style).digest('base64')
  return `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
}
