import { readFileSync } from 'node:fs'
import type { APIGatewayProxyStructuredResultV2 as HttpResponse } from 'aws-lambda'
import { colorVariables } from '#web/parts/colors.ts'
import { element, type MarkupElement, type MarkupNode } from '#web/parts/element.ts'
import { toHtmlDocument } from '#web/parts/to-html.ts'

/** A page of the local host, without script and without anything from elsewhere. */
export function renderPage({ title, body }: { title: string; body: MarkupNode }): HttpResponse {
  const html = toHtmlDocument({
    title: `${title} · Prospectus`,
    head: element('style', {}, style),
    body: [
      element(
        'header',
        {},
        element(
          'nav',
          { 'aria-label': 'Local pages' },
          element('a', { href: '/inbox' }, 'Inbox'),
          ' ',
          element('a', { href: '/school' }, 'Sample school'),
          ' ',
          element('a', { href: '/docs' }, 'API'),
        ),
      ),
      element('main', {}, element('h1', {}, title), body),
    ],
  })
  return { statusCode: 200, headers: buildHeaders('text/html; charset=utf-8', policy), body: html }
}

/** The HTML part of an email, with its own styles. The policy lets it neither run nor load anything. */
export function renderEmailHtml(html: string): HttpResponse {
  return { statusCode: 200, headers: buildHeaders('text/html; charset=utf-8', emailPolicy), body: html }
}

export function toJsonResponse(value: unknown): HttpResponse {
  return { statusCode: 200, headers: buildHeaders('application/json', policy), body: JSON.stringify(value) }
}

/** A time in the format of US English and in the zone of this machine, which is also the reader's. */
export function renderTime(instant: string): MarkupElement {
  return element('p', { class: 'soft' }, element('time', { datetime: instant }, timeFormat.format(new Date(instant))))
}

const timeFormat = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'long' })
const style = `:root{${colorVariables}}\n${readFileSync(new URL('local-page.css', import.meta.url), 'utf8')}`
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
const emailPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"

function buildHeaders(type: string, contentSecurityPolicy: string) {
  return {
    'content-type': type,
    'content-security-policy': contentSecurityPolicy,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  }
}
