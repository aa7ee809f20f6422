import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { problems } from '#shared/contract/problems.ts'
import type { Route } from '#shared/contract/route.ts'
import { routes } from '#shared/contract/routes.ts'
import { renderDocsPages } from '#web/docs/render-docs-pages.ts'

const openapi: unknown = JSON.parse(readFileSync(new URL('../../../openapi.json', import.meta.url), 'utf8'))
const { pages, contentSecurityPolicy } = renderDocsPages(openapi)
const page = Object.values(pages).join('\n')
const overview = pages.overview ?? ''
const allRoutes: readonly Route[] = Object.values(routes).flat()

describe('the API page', () => {
  it('shows every route with its method, path and summary', () => {
    for (const { name, method, path, summary } of allRoutes) {
      expect(page).toContain(`<h2 id="${name}"><span class="method">${method}</span> <code>${path}</code></h2>`)
      expect(overview).toMatch(new RegExp(`<div id="${name}"><dt><a href="/docs/[a-z-]+#${name}">`))
      expect(page).toContain(summary)
    }
  })

  it('gives every problem an anchor, because the type of a problem points to it', () => {
    for (const code of Object.keys(problems)) expect(overview).toContain(`id="problem-${code}"`)
  })

  it('is small: each part has less than 250 kB', () => {
    const sizes = Object.entries(pages).map(([section, html]) => [section, Buffer.byteLength(html)] as const)
    expect(sizes.length).toBeGreaterThan(8)
    expect(sizes.filter(([, size]) => size >= 250_000)).toEqual([])
    expect(Buffer.byteLength(overview)).toBeLessThan(60_000)
  })

  it('resolves every link between its parts, and uses each id once in a part', () => {
    const idsOf = (html: string) => [...html.matchAll(/ id="([^"]+)"/g)].map(([, id = '']) => id)
    for (const [section, html] of Object.entries(pages)) {
      const ids = idsOf(html)
      expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
      const links = [...html.matchAll(/href="(?:\/docs(?:\/([a-z-]+))?)?(?:#([^"]+))?"/g)]
      const broken = links.filter(([link, part, id]) => {
        const target = link.includes('/docs') ? pages[part ?? 'overview'] : pages[section]
        return target === undefined || (id !== undefined && !idsOf(target).includes(id))
      })
      expect(broken.map(([link]) => `${section} ${link}`)).toEqual([])
    }
  })

  it('loads and runs nothing', () => {
    expect(page).not.toMatch(/<(script|link|img|iframe|object|embed|base|form)\b/i)
    expect(page).not.toMatch(/ (src|style|on[a-z]+)=/i)
    expect(page.match(/url\(|@import/)).toBeNull()
  })

  it('contains only the style sheet that its policy allows', () => {
    const styles = [...page.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(([, style = '']) => style)
    const [style = ''] = styles
    expect(new Set(styles).size).toBe(1)
    expect(contentSecurityPolicy).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`)
  })

  it('shows a curl command that can be pasted into a shell', () => {
    expect(page).toContain('curl &#34;$API/v1/careers/health-record-technician/schools?page=1&#38;state=TX&#34;')
  })

  it('links a rule to the rules inside it', () => {
    expect(page).toMatch(/<code>all<\/code>.*?<dd>list of <a href="\/docs\/schemas#schema-Rule">Rule<\/a><\/dd>/)
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
    const html = Object.values(renderDocsPages(document).pages).join('')
    expect(html).not.toContain('<img')
    expect(html).not.toContain(`"'&`)
  })
})
