import type { APIGatewayProxyStructuredResultV2 as HttpResponse } from 'aws-lambda'
import { type Html, html } from '#shared/contract/docs/html.ts'

/** A page of this host for people: no script, nothing loaded from elsewhere. */
export function renderPage({ title, body }: { title: string; body: Html }): HttpResponse {
  const { html: text } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${title} – Prospectus</title>
<style>${{ html: style }}</style>
</head>
<body>
<header><nav aria-label="This host"><a href="/inbox">Inbox</a> <a href="/school">Sample school</a> <a href="/docs">API</a></nav></header>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`
  return { statusCode: 200, headers: buildHeaders('text/html; charset=utf-8', policy), body: text }
}

/** A part of a page that others wrote: shown, with its own styles, but unable to do or load anything. */
export function renderForeignHtml(text: string): HttpResponse {
  return { statusCode: 200, headers: buildHeaders('text/html; charset=utf-8', foreignPolicy), body: text }
}

export function toJsonResponse(value: unknown): HttpResponse {
  return { statusCode: 200, headers: buildHeaders('application/json', policy), body: JSON.stringify(value) }
}

const policy =
  "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
const foreignPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"

function buildHeaders(type: string, contentSecurityPolicy: string) {
  return {
    'content-type': type,
    'content-security-policy': contentSecurityPolicy,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  }
}

const style = `
:root{color-scheme:light dark;--ink:#1c2128;--soft:#4d5763;--paper:#fff;--shade:#f3f5f8;--line:#c9d0d9;--link:#0b57a4}
@media(prefers-color-scheme:dark){:root{--ink:#e8ebef;--soft:#a9b3bf;--paper:#14181d;--shade:#1f252c;--line:#3c4650;--link:#86bdf7}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:62rem;padding:1rem;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
nav a{display:inline-block;margin-right:1rem;padding:.25rem 0}
h1{font-size:1.6rem}
article{margin:0 0 1rem;padding:1rem;border:1px solid var(--line);border-radius:.5rem}
h2{margin:0 0 .25rem;font-size:1.05rem}
p{margin:.25rem 0}
.soft{color:var(--soft)}
pre{margin:.5rem 0 0;padding:.75rem;background:var(--shade);border-radius:.4rem;white-space:pre-wrap;font:.9rem/1.5 ui-monospace,monospace}
iframe{width:100%;height:34rem;border:1px solid var(--line);border-radius:.4rem;background:#fff}
`
