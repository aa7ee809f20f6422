import { colors } from '../parts/colors.ts'
import { element } from '../parts/element.ts'
import { toHtml } from '../parts/to-html.ts'
import { getInitials } from '../words/format-program.ts'
import { getCareerPath, type LandingResponse, landingRoot, type Site, siteFilePaths } from './landing-request.ts'
import type { CareerCard } from './render-careers-page.ts'

/** Search engines may read all but the steps of a request. */
export function renderRobots({ origin }: Site): LandingResponse {
  const lines = ['User-agent: *', `Disallow: ${landingRoot}/*/request`, `Disallow: ${landingRoot}/*/thank-you`]
  return renderFile(
    'text/plain; charset=utf-8',
    [...lines, `Sitemap: ${origin}${siteFilePaths.sitemap}`, ''].join('\n'),
  )
}

export function renderSitemap(careers: readonly CareerCard[], { origin }: Site): LandingResponse {
  const sitePages = ['/', landingRoot].map((path) => ({ path, updatedAt: undefined }))
  const careerPages = careers.map(({ slug, updatedAt }) => ({ path: getCareerPath(slug), updatedAt }))
  const addresses = [...sitePages, ...careerPages].map(({ path, updatedAt }) =>
    toHtml(
      element(
        'url',
        {},
        element('loc', {}, `${origin}${path}`),
        updatedAt !== undefined && element('lastmod', {}, updatedAt),
      ),
    ),
  )
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
  return renderFile('application/xml', `${head}${addresses.join('\n')}\n</urlset>\n`)
}

/** The initials of the site on its color. */
export function renderFavicon({ brand }: Site): LandingResponse {
  const markup = element(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', viewBox: '0 0 32 32' },
    element('rect', { width: 32, height: 32, rx: 7, fill: brand.accentColor ?? colors.accent[0] }),
    element(
      'text',
      {
        x: 16,
        y: 21.5,
        fill: '#fff',
        'font-family': 'sans-serif',
        'font-weight': 700,
        'font-size': 15,
        'text-anchor': 'middle',
      },
      getInitials(brand.name),
    ),
  )
  return renderFile('image/svg+xml', toHtml(markup))
}

function renderFile(contentType: string, body: string): LandingResponse {
  const headers = {
    'content-type': contentType,
    'cache-control': 'public, max-age=3600',
    'x-content-type-options': 'nosniff',
  }
  return { status: 200, headers, body }
}
