import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { colorVariables } from '../parts/colors.ts'
import { element, type MarkupNode } from '../parts/element.ts'
import { toHtmlDocument } from '../parts/to-html.ts'
import { docsLinks, overview } from './docs-links.ts'
import { groupOperations, type OperationGroup } from './group-operations.ts'
import { type Components, openapiParts } from './openapi-parts.ts'
import { renderOperationSection } from './render-operation-section.ts'
import { renderProse } from './render-prose.ts'
import { isUnion, renderSchemaFields } from './render-schema-fields.ts'

/** The page of `GET /docs`, those of `GET /docs/{section}`, and the policy that they are served with. */
export type DocsPages = { pages: { [section: string]: string }; contentSecurityPolicy: string }

/** The API as pages for people, made from the OpenAPI document. They run no script and load nothing. */
export function renderDocsPages(openapi: unknown): DocsPages {
  const { info, tags, paths, webhooks, components } = openapiParts.parse(openapi)
  const groups = groupOperations({ tags, paths, webhooks })
  const style = `:root{${colorVariables}}\n${readFileSync(new URL('docs.css', import.meta.url), 'utf8')}`
  const renderPage = (section: string, title: string, intro: MarkupNode, body: MarkupNode) =>
    toHtmlDocument({
      title: `${title} · ${info.title} API`,
      head: element('style', {}, style),
      body: [
        element('a', { class: 'skip', href: '#main' }, 'Skip to content'),
        element('header', {}, element('h1', {}, title), intro),
        element('div', { class: 'page' }, renderContents(groups, section), element('main', { id: 'main' }, body)),
        element('footer', {}, element('p', {}, 'Generated from the contract that validates every request.')),
      ],
    })
  const intro = [
    element('p', {}, info.summary, ' Version ', info.version, '.'),
    element('p', {}, renderProse(info.description)),
    element('p', {}, 'As OpenAPI: ', element('a', { href: '/openapi.json' }, 'openapi.json')),
  ]
  const index = [groups.map(renderGroupIndex), renderKeys(components), renderProblems(components)]
  const pages = Object.fromEntries([
    [overview, renderPage(overview, 'Overview', intro, index)],
    ...groups.map((group) => [
      group.id,
      renderPage(
        group.id,
        group.title,
        element('p', {}, group.description),
        group.operations.map((operation) => renderOperationSection(operation, components)),
      ),
    ]),
    ['schemas', renderPage('schemas', 'Schemas', renderSchemasIntro(), renderUnions(components))],
  ])
  return { pages, contentSecurityPolicy: buildPolicy(style) }
}

/** Every page, with the operations of the page that is shown. */
function renderContents(groups: readonly OperationGroup[], section: string): MarkupNode {
  const renderEntry = (address: string, label: string, entries?: MarkupNode) =>
    element('li', {}, element('a', { href: address }, label), entries)
  const renderPageEntry = ({ id, title, operations }: Pick<OperationGroup, 'id' | 'title' | 'operations'>) => {
    const entries = id === section ? operations : []
    return renderEntry(
      docsLinks.page(id),
      title,
      entries.length > 0 &&
        element(
          'ul',
          {},
          entries.map(({ operationId, method, path }) => renderEntry(`#${operationId}`, `${method} ${path}`)),
        ),
    )
  }
  return element(
    'nav',
    { 'aria-labelledby': 'contents' },
    element('h2', { id: 'contents' }, 'Contents'),
    element(
      'ul',
      {},
      renderEntry(docsLinks.page(overview), 'Overview'),
      groups.map(renderPageEntry),
      renderEntry(docsLinks.page('schemas'), 'Schemas'),
      renderEntry('/docs#keys', 'Keys'),
      renderEntry('/docs#problems', 'Problems'),
    ),
  )
}

function renderGroupIndex({ id, title, description, operations }: OperationGroup): MarkupNode {
  const rows = operations.map(({ operationId, method, path, summary }) =>
    element(
      'div',
      { id: operationId },
      element(
        'dt',
        {},
        element('a', { href: docsLinks.operation(id, operationId) }, element('code', {}, `${method} ${path}`)),
      ),
      element('dd', {}, renderProse(summary)),
    ),
  )
  return renderSection(`tag-${id}`, title, [element('p', {}, description), element('dl', { class: 'fields' }, rows)])
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

function renderSchemasIntro(): MarkupNode {
  return element(
    'p',
    {},
    'Schemas with more than one form. A name that ends in ',
    element('code', {}, 'Output'),
    ' is the form that responses have.',
  )
}

function renderUnions({ schemas }: Components): MarkupNode {
  return Object.entries(schemas)
    .filter(([, schema]) => isUnion(schema))
    .map(([name, schema]) =>
      element(
        'section',
        { class: 'call', 'aria-labelledby': `schema-${name}` },
        element('h2', { id: `schema-${name}` }, name),
        renderSchemaFields(schema, schemas),
      ),
    )
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

/** Nothing is loaded, run or framed, and the page's own style sheet is the only one. */
function buildPolicy(style: string): string {
  const styleHash = createHash('sha256').update(style).digest('base64')
  return `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
}
