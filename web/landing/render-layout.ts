import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { colorVariables } from '../parts/colors.ts'
import { element, type MarkupNode } from '../parts/element.ts'
import { toHtmlDocument } from '../parts/to-html.ts'
import { landingText } from '../words/visitor.ts'
import { type LandingResponse, landingRoot } from './landing-request.ts'

type Page = {
  title: string
  description?: string
  /** Absolute URL. Without it, the page asks search engines not to index it. */
  canonical?: string
  jsonld?: unknown
  /** Whether the page runs the widget. Other pages run no script at all. */
  script?: 'widget'
  status?: number
  main: MarkupNode
}

/** A whole page. It loads nothing from elsewhere, and the browser refuses markup made from text too (Trusted Types). */
export function renderLayout({
  title,
  description,
  canonical,
  jsonld,
  script,
  status = 200,
  main,
}: Page): LandingResponse {
  const { siteName, tagline, skip, footer, footerLink } = landingText
  const body = toHtmlDocument({
    title,
    head: [
      description !== undefined && element('meta', { name: 'description', content: description }),
      canonical === undefined
        ? element('meta', { name: 'robots', content: 'noindex' })
        : element('link', { rel: 'canonical', href: canonical }),
      element('link', { rel: 'icon', href: 'data:,' }),
      element('style', {}, landingStyle),
      script && element('script', { type: 'module', src: '/widget.js' }),
      jsonld !== undefined && element('script', { type: 'application/ld+json' }, toScriptJson(jsonld)),
    ],
    body: [
      element('a', { class: 'skip', href: '#main' }, skip),
      element(
        'header',
        { class: 'site' },
        element('a', { class: 'brand', href: landingRoot }, siteName),
        element('span', {}, tagline),
      ),
      element('main', { id: 'main', tabindex: -1 }, main),
      element('footer', { class: 'site' }, element('p', {}, footer, ' ', element('a', { href: '/docs' }, footerLink))),
    ],
  })
  return { status, headers, body }
}

/** JSON that cannot end the script element around it, whatever it contains. */
export function toScriptJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

// On a page of ours the window is the container, and the W3C checker does not know container queries.
const partsStyle = readStyle('../parts/parts.css').replaceAll(
  '@container (max-width: 36rem)',
  '@media (max-width: 38rem)',
)
const landingStyle = [`:root{${colorVariables}}`, partsStyle, readStyle('landing.css')].join('\n')
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

function readStyle(path: string): string {
  return readFileSync(new URL(path, import.meta.url), 'utf8')
}
