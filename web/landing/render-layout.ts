import { createHash } from 'node:crypto'
import { type Html, html } from '#shared/contract/docs/html.ts'
import type { LandingResponse } from './landing-request.ts'
import { landingRoot } from './landing-request.ts'
import { landingStyle } from './landing-style.ts'

type Page = {
  title: string
  description?: string
  /** Absolute. Absent: the page is not for search engines. */
  canonical?: string
  jsonld?: unknown
  /** Whether the widget is on it. Other pages run no script at all. */
  script?: 'widget'
  status?: number
  main: Html
}

/** A whole page. Nothing is loaded from elsewhere, and markup from data is refused by the browser too (Trusted Types). */
export function renderLayout({
  title,
  description,
  canonical,
  jsonld,
  script,
  status = 200,
  main,
}: Page): LandingResponse {
  const { html: body } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${title}</title>
${description !== undefined && html`<meta name="description" content="${description}">`}
${canonical === undefined ? html`<meta name="robots" content="noindex">` : html`<link rel="canonical" href="${canonical}">`}
<link rel="icon" href="data:,">
<style>${{ html: landingStyle }}</style>
${script && html`<script type="module" src="/widget.js"></script>`}
${jsonld !== undefined && html`<script type="application/ld+json">${{ html: toScriptJson(jsonld) }}</script>`}
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="site"><a class="brand" href="${landingRoot}">Career Prospectus</a><span>Careers, what they pay, and where to learn them</span></header>
<main id="main" tabindex="-1">
${main}
</main>
<footer class="site"><p>An example of a landing page, drawn from the API alone. Its schools are invented; its figures are not. <a href="/docs">The API</a></p></footer>
</body>
</html>
`
  return { status, headers, body }
}

/** JSON that cannot end the script element that it stands in, whatever it holds. */
export function toScriptJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

const styleHash = createHash('sha256').update(landingStyle).digest('base64')

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'sha256-${styleHash}'`,
    "connect-src 'self'",
    'img-src data:',
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'x-content-type-options': 'nosniff',
}
