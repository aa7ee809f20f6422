import type * as z from 'zod'
import type { listCareers } from '#shared/contract/catalog/catalog.ts'
import { element, type MarkupNode } from '../parts/element.ts'
import { landingText } from '../words/landing.ts'
import { buildLink, getCareerPath, type LandingResponse, landingRoot, type Site } from './landing-request.ts'
import { renderLayout } from './render-layout.ts'

type Careers = z.output<(typeof listCareers)['responses'][200]['body']>
export type CareerCard = Careers['careers'][number]

/** All careers by title, up to a hundred on a page. */
export function renderCareersPage({ careers, page: { nextCursor } }: Careers, site: Site): LandingResponse {
  const { title: heading, description, more } = landingText.careers
  return renderLayout(
    {
      title: `${heading} · ${site.brand.name}`,
      description,
      canonical: `${site.origin}${landingRoot}`,
      main: [
        element('div', { class: 'hero' }, element('h1', {}, heading), element('p', { class: 'lead' }, description)),
        renderCareerCards(careers, site),
        nextCursor !== null &&
          element('p', {}, element('a', { href: buildLink(landingRoot, site, [['cursor', nextCursor]]) }, more)),
      ],
    },
    site,
  )
}

export function renderCareerCards(careers: readonly CareerCard[], site: Site): MarkupNode {
  return element(
    'ul',
    { class: 'cards' },
    careers.map(({ slug, title, summary }) =>
      element(
        'li',
        {},
        element('h2', {}, element('a', { href: buildLink(getCareerPath(slug), site) }, title)),
        element('p', {}, shorten(summary)),
      ),
    ),
  )
}

const maxLength = 150

/** Whole sentences as far as they fit, or else whole words. */
function shorten(text: string): string {
  if (text.length <= maxLength) return text
  const cut = text.slice(0, maxLength)
  return /^.{60,}[.?!](?=\s)/s.exec(cut)?.[0] ?? `${cut.replace(/\s+\S*$/, '')}…`
}
