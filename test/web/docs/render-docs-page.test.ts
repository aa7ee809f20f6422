import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { problems } from '#shared/contract/problems.ts'
import type { Route } from '#shared/contract/route.ts'
import { routes } from '#shared/contract/routes.ts'
import { renderDocsPage } from '#web/docs/render-docs-page.ts'

const openapi: unknown = JSON.parse(readFileSync(new URL('../../../openapi.json', import.meta.url), 'utf8'))
const { html: page, contentSecurityPolicy } = renderDocsPage(openapi)
const allRoutes: readonly Route[] = Object.values(routes).flat()

describe('the API page', () => {
  it('shows every route with its method, path and summary', () => {
    for (const { name, method, path, summary } of allRoutes) {
      expect(page).toContain(`<h3 id="${name}"><span class="method">${method}</span> <code>${path}</code></h3>`)
      expect(page).toContain(summary)
    }
  })

  it('gives every problem an anchor, because the type of a problem points to it', () => {
    for (const code of Object.keys(problems)) expect(page).toContain(`id="problem-${code}"`)
  })

  it('resolves every internal link, and uses each id once', () => {
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    const targets = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
    expect(targets.filter((target) => !ids.includes(target))).toEqual([])
  })

  it('closes every element in order', () => {
    const open: string[] = []
    for (const [, close, name = ''] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*>/g)) {
      if (['meta'].includes(name)) continue
      if (close) expect(open.pop()).toBe(name)
      else open.push(name)
    }
    expect(open).toEqual([])
  })

  it('loads and runs nothing', () => {
    expect(page).not.toMatch(/<(script|link|img|iframe|object|embed|base|form)\b/i)
    expect(page).not.toMatch(/ (src|style|on[a-z]+)=/i)
    expect(page.match(/url\(|@import/)).toBeNull()
  })

  it('contains only the style sheet that its policy allows', () => {
    const [, style = ''] = /<style>([\s\S]*)<\/style>/.exec(page) ?? []
    expect(contentSecurityPolicy).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`)
  })

  it('shows a curl command that can be pasted into a shell', () => {
    expect(page).toContain('curl &#34;$API/v1/careers/health-record-technician/schools?page=1&#38;state=TX&#34;')
  })

  it('links a rule to the rules inside it', () => {
    expect(page).toMatch(/<code>all<\/code>.*?<td role="cell">list of <a href="#schema-Rule">Rule<\/a><\/td>/)
  })

  it('escapes all text of the document', () => {
    const hostile = `<img src=x onerror=alert(1)>"'&`
    const document = {
      info: { title: hostile, version: hostile, summary: hostile, description: `\`${hostile}\`` },
      tags: [{ name: 'all', description: hostile }],
      paths: {
        '/v1/{id}': {
          get: {
            operationId: 'hostile',
            tags: ['all'],
            summary: hostile,
            parameters: [{ name: 'id', in: 'path', required: true, example: hostile, schema: { enum: [hostile] } }],
            requestBody: {
              content: { 'application/json': { schema: { $ref: '#/x/Body' }, example: { [hostile]: 1 } } },
            },
            responses: { 200: { description: hostile } },
          },
        },
      },
      components: {
        schemas: { Body: { type: 'object', properties: { [hostile]: { description: hostile, default: hostile } } } },
      },
    }
    const { html } = renderDocsPage(document)
    expect(html).not.toContain('<img')
    expect(html).not.toContain(`"'&`)
  })
})
