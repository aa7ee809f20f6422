import { element } from '../parts/element.ts'
import { sampleSiteText } from '../words/landing.ts'
import type { LandingResponse, Site } from './landing-request.ts'
import { renderLayout } from './render-layout.ts'

/** A page to which the sample links. A publisher links to its own. */
export function renderPolicyPage(kind: 'privacy' | 'terms', site: Site): LandingResponse {
  const { title, paragraphs } = sampleSiteText[kind]
  return renderLayout(
    {
      title: `${title} · ${site.brand.name}`,
      main: element(
        'div',
        { class: 'narrow text' },
        element('h1', {}, title),
        paragraphs.map((paragraph) => element('p', {}, paragraph)),
      ),
    },
    site,
  )
}
