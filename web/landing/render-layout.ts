import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { colors, colorVariables } from '../parts/colors.ts'
import { createLink, element, type MarkupNode } from '../parts/element.ts'
import { toHtmlDocument } from '../parts/to-html.ts'
import { landingText } from '../words/landing.ts'
import { type Brand, lightenForDarkPage } from './brand.ts'
import {
  buildLink,
  type LandingResponse,
  landingRoot,
  type ScriptVendor,
  type Site,
  siteFilePaths,
} from './landing-request.ts'

type Page = {
  title: string
  description?: string
  /** Absolute URL. Without it, the page asks search engines not to index it. */
  canonical?: string
  /** Graphs of schema.org, each in a script element of its own. */
  jsonld?: readonly unknown[]
  /** Whether the page runs the widget. Other pages run no script at all. */
  script?: 'widget'
  /** Origins of the pictures of other hosts that the page shows. */
  imageOrigins?: readonly string[]
  status?: number
  main: MarkupNode
}

/** A whole page. It loads no code from elsewhere, unless its source asks for it, and the browser refuses markup made from text too (Trusted Types). */
export function renderLayout(page: Page, site: Site): LandingResponse {
  const { title, jsonld = [], script, status = 200, imageOrigins = [], main } = page
  const { brand } = site
  const style = getStyle(brand)
  const logoOrigins = brand.logoUrl === undefined ? [] : [new URL(brand.logoUrl, site.origin).origin]
  const body = toHtmlDocument({
    title,
    head: [
      renderMeta(page, site),
      element('link', { rel: 'icon', type: 'image/svg+xml', href: siteFilePaths.favicon }),
      element('style', {}, style.text),
      script && element('script', { type: 'module', src: '/widget.js' }),
      jsonld.map((graph) => element('script', { type: 'application/ld+json' }, toScriptJson(graph))),
    ],
    body: [
      element('a', { class: 'skip', href: '#main' }, landingText.skip),
      renderHeader(site),
      element('main', { id: 'main', tabindex: -1 }, main),
      renderFooter(brand),
    ],
  })
  const images = [...new Set(["'self'", 'data:', ...logoOrigins.filter((one) => one !== site.origin), ...imageOrigins])]
  return {
    status,
    headers: {
      ...headers,
      'content-security-policy': buildPolicy(style.hash, images, script ? (site.vendors ?? []) : []),
    },
    body,
  }
}

/** What search engines and the previews of links show. */
function renderMeta({ title, description, canonical }: Page, { brand, origin }: Site): MarkupNode {
  const openGraph = {
    'og:type': 'website',
    'og:site_name': brand.name,
    'og:title': title,
    'og:description': description,
    'og:url': canonical,
    'og:image': brand.logoUrl && new URL(brand.logoUrl, origin).href,
  }
  return [
    description !== undefined && element('meta', { name: 'description', content: description }),
    canonical === undefined
      ? element('meta', { name: 'robots', content: 'noindex' })
      : [
          element('link', { rel: 'canonical', href: canonical }),
          Object.entries(openGraph).map(
            ([property, content]) => content !== undefined && element('meta', { property, content }),
          ),
          element('meta', { name: 'twitter:card', content: 'summary' }),
        ],
    element('meta', { name: 'theme-color', content: brand.accentColor ?? colors.accent[0] }),
  ]
}

function renderHeader(site: Site): MarkupNode {
  const { name, tagline, logoUrl } = site.brand
  return element(
    'header',
    { class: 'site' },
    element(
      'a',
      { class: 'brand', href: buildLink('/', site) },
      logoUrl !== undefined && element('img', { src: logoUrl, alt: '', width: 32, height: 32 }),
      name,
    ),
    tagline !== undefined && element('span', { class: 'tagline' }, tagline),
    element(
      'nav',
      { 'aria-label': landingText.siteLinks },
      element('a', { href: buildLink(landingRoot, site) }, landingText.allCareers),
    ),
  )
}

function renderFooter({ footer, privacyUrl, termsUrl, contactUrl, isSample }: Brand): MarkupNode {
  const { privacy, terms, contact, docs } = landingText.footerLinks
  const links = [
    element('a', { href: privacyUrl }, privacy),
    element('a', { href: termsUrl }, terms),
    contactUrl !== undefined && createLink(contactUrl, contact),
    isSample && element('a', { href: '/docs' }, docs),
  ]
  return element(
    'footer',
    { class: 'site' },
    footer !== undefined && element('p', {}, footer),
    element(
      'ul',
      { class: 'footer-links' },
      links.map((link) => link && element('li', {}, link)),
    ),
  )
}

/** JSON that cannot end the script element around it, whatever it contains. */
export function toScriptJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

// On a page of ours the window is the container, and the W3C checker does not know container queries.
const partsStyle = minify(
  readStyle('../parts/parts.css').replaceAll('@container (max-width: 36rem)', '@media (max-width: 38rem)'),
)
const landingStyle = minify(readStyle('landing.css'))
const styles = new Map<string, { text: string; hash: string }>()

/** The style of all pages with the colors of the publisher, and the hash by which the policy allows it. */
function getStyle({ accentColor }: Brand): { text: string; hash: string } {
  const cached = styles.get(accentColor ?? '')
  if (cached) return cached
  const accent = accentColor && `;--accent:light-dark(${accentColor},${lightenForDarkPage(accentColor)})`
  const text = [`:root{${colorVariables}${accent ?? ''}}`, partsStyle, landingStyle].join('\n')
  const style = { text, hash: createHash('sha256').update(text).digest('base64') }
  styles.set(accentColor ?? '', style)
  return style
}

/**
 * The hosts that the documents of each vendor ask for, read 2026-12-01: https://developers.cloudflare.com/turnstile/reference/content-security-policy/
 * and https://support.activeprospect.com/hc/en-us/articles/45013581545364.
 */
const vendorHosts: { readonly [vendor in ScriptVendor]: { script: string; frame?: string; data?: string } } = {
  turnstile: { script: 'https://challenges.cloudflare.com', frame: 'https://challenges.cloudflare.com' },
  trustedform: {
    script: 'https://cdn.trustedform.com https://api.trustedform.com',
    data: 'https://cdn.trustedform.com https://api.trustedform.com',
  },
}

function buildPolicy(styleHash: string, images: readonly string[], vendors: readonly ScriptVendor[]): string {
  const hosts = vendors.map((vendor) => vendorHosts[vendor])
  const frames = hosts.flatMap(({ frame }) => frame ?? [])
  const data = hosts.flatMap((host) => host.data ?? [])
  return [
    "default-src 'none'",
    ["script-src 'self'", ...hosts.map(({ script }) => script)].join(' '),
    `style-src 'sha256-${styleHash}'`,
    ["connect-src 'self'", ...data].join(' '),
    `img-src ${[...images, ...data].join(' ')}`,
    ...(frames.length > 0 ? [`frame-src ${frames.join(' ')}`] : []),
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    // Scripts of others are written for pages without Trusted Types.
    ...(hosts.length > 0 ? [] : ["require-trusted-types-for 'script'", "trusted-types 'none'"]),
  ].join('; ')
}

const headers = {
  'content-type': 'text/html; charset=utf-8',
  // A page without contact details may wait in the browser for Back and Forward.
  'cache-control': 'private, no-cache',
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'x-content-type-options': 'nosniff',
}

function readStyle(path: string): string {
  return readFileSync(new URL(path, import.meta.url), 'utf8')
}

/** Without comments and spaces that mean nothing, which are a fourth of a style sheet. */
function minify(css: string): string {
  return css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s*([{};,])\s*/g, '$1')
    .replaceAll(': ', ':')
    .replaceAll(';}', '}')
    .replace(/\s+/g, ' ')
}
