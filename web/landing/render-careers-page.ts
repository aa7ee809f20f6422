import type * as z from 'zod'
import type { listCareers } from '#shared/contract/catalog/catalog.ts'
import { element } from '../parts/element.ts'
import { landingText } from '../words/visitor.ts'
import { getCareerPath, type LandingResponse, landingRoot } from './landing-request.ts'
import { renderLayout } from './render-layout.ts'

type Careers = z.output<(typeof listCareers)['responses'][200]['body']>

/** All careers by title, up to a hundred on a page. */
export function renderCareersPage({ careers, page: { nextCursor } }: Careers): LandingResponse {
  const { title: heading, description, more } = landingText.careers
  return renderLayout({
    title: heading,
    description,
    main: [
      element('div', { class: 'hero' }, element('h1', {}, heading), element('p', { class: 'lead' }, description)),
      element(
        'ul',
        { class: 'cards' },
        careers.map(({ slug, title, summary }) =>
          element(
            'li',
            {},
            element('h2', {}, element('a', { href: getCareerPath(slug) }, title)),
            element('p', {}, getFirstSentence(summary)),
          ),
        ),
      ),
      nextCursor !== null &&
        element('p', {}, element('a', { href: `${landingRoot}?cursor=${encodeURIComponent(nextCursor)}` }, more)),
    ],
  })
}

function getFirstSentence(text: string): string {
  return /^.{20,200}?[.?!](?=\s|$)/.exec(text)?.[0] ?? text
}
