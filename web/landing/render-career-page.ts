import type * as z from 'zod'
import type { careerPage as careerSchema, listSchools } from '#shared/contract/catalog/catalog.ts'
import { createLink, element, type MarkupNode } from '../parts/element.ts'
import { renderFactsTable } from '../parts/render-facts-table.ts'
import { levelLabels } from '../words/choices.ts'
import { factsText, landingText, listingText } from '../words/visitor.ts'
import { getCareerPath, type LandingResponse, landingRoot, type Site } from './landing-request.ts'
import { renderLayout } from './render-layout.ts'
import { type LandingFilter, renderListingSection } from './render-listing-section.ts'
import { renderVisitorForm } from './request-forms.ts'

type Career = z.output<typeof careerSchema>
type Listing = z.output<(typeof listSchools)['responses'][200]['body']>
type CareerPageContent = { career: Career; listing: Listing; jsonld: unknown; filter: LandingFilter; now: Date }
const text = landingText.career

/** A career with its facts, its schools and the request form. It works without JavaScript. */
export function renderCareerPage(
  { career, listing, jsonld, filter, now }: CareerPageContent,
  site: Site,
): LandingResponse {
  const { slug, title, summary, aliases, facts, sections, education } = career
  const { number } = listing.page
  return renderLayout({
    title: text.title(title, number),
    description: truncateDescription(summary),
    canonical: `${site.origin}${getCareerPath(slug)}${number > 1 ? `?page=${number}` : ''}`,
    jsonld,
    script: 'widget',
    main: [
      element(
        'div',
        { class: 'hero' },
        element(
          'nav',
          { class: 'crumbs', 'aria-label': landingText.breadcrumb },
          element('a', { href: landingRoot }, landingText.allCareers),
        ),
        element('h1', {}, title),
        element('p', { class: 'lead' }, summary),
        aliases.length > 0 && element('p', { class: 'aliases' }, text.alsoCalled(aliases.join(', '))),
        element(
          'p',
          { class: 'actions' },
          element('a', { class: 'button', href: '#request' }, text.request),
          ' ',
          element('a', { href: '#schools' }, text.seeSchools),
        ),
      ),
      element(
        'div',
        { class: 'columns' },
        renderContents(career),
        element(
          'article',
          {},
          facts.length > 0 &&
            renderSection('facts', text.facts, renderFactsTable(facts, { caption: factsText.caption, now })),
          sections.map(({ id, heading, body }) => renderSection(`about-${id}`, heading, renderParagraphs(body))),
          education !== undefined &&
            renderSection('preparing', text.education, element('p', { class: 'short' }, education)),
          renderRelated(career),
          renderDegrees(career),
          renderListingSection(listing, { slug, filter }),
          element(
            'section',
            { class: 'request', id: 'request', 'aria-label': text.request },
            renderVisitorForm({ slug, program: undefined, site, values: {}, faults: [], messages: [] }),
          ),
          renderSources(career),
        ),
      ),
    ],
  })
}

function renderContents({ facts, sections, education, relatedCareers, degreeOptions }: Career): MarkupNode {
  const renderEntry = (id: string, heading: string) => element('li', {}, element('a', { href: `#${id}` }, heading))
  return element(
    'nav',
    { class: 'toc', 'aria-labelledby': 'toc' },
    element('h2', { id: 'toc' }, text.contents),
    element(
      'ul',
      {},
      facts.length > 0 && renderEntry('facts', text.facts),
      sections.map(({ id, heading }) => renderEntry(`about-${id}`, heading)),
      education !== undefined && renderEntry('preparing', text.education),
      relatedCareers.length > 0 && renderEntry('related', text.related),
      degreeOptions.length > 0 && renderEntry('degrees', text.degrees),
      renderEntry('schools', listingText.title),
      renderEntry('request', landingText.listing.request),
    ),
  )
}

function renderRelated({ relatedCareers }: Career): MarkupNode {
  if (relatedCareers.length === 0) return undefined
  const renderCard = ({ slug, title, reason }: Career['relatedCareers'][number]) =>
    element('li', {}, element('h3', {}, element('a', { href: getCareerPath(slug) }, title)), element('p', {}, reason))
  return renderSection('related', text.related, element('ul', { class: 'cards' }, relatedCareers.map(renderCard)))
}

function renderDegrees({ slug, degreeOptions }: Career): MarkupNode {
  // A degree without a program leads nowhere.
  const offeredDegrees = degreeOptions.filter(({ programCount }) => programCount > 0)
  if (offeredDegrees.length === 0) return undefined
  const renderDegree = ({ level, label, programCount }: Career['degreeOptions'][number]) => {
    const link = element('a', { href: `${getCareerPath(slug)}?level=${level}#schools` }, label || levelLabels[level])
    return element('li', {}, link, ' ', element('span', {}, text.programCount(programCount)))
  }
  return renderSection('degrees', text.degrees, element('ul', { class: 'degrees' }, offeredDegrees.map(renderDegree)))
}

function renderSources({ attributions }: Career): MarkupNode {
  if (attributions.length === 0) return undefined
  const entries = attributions.map(({ name, url }) => element('li', {}, createLink(url, name)))
  return renderSection('sources', text.sources, element('ul', { class: 'sources' }, entries))
}

function renderSection(id: string, heading: string, body: MarkupNode): MarkupNode {
  return element('section', { 'aria-labelledby': id }, element('h2', { id }, heading), body)
}

function renderParagraphs(body: string): MarkupNode {
  return element(
    'div',
    { class: 'text' },
    body.split(/\n{2,}/).map((paragraph) => element('p', {}, paragraph)),
  )
}

/** As much text as search engines show, cut at a word. */
function truncateDescription(summary: string): string {
  if (summary.length <= 158) return summary
  return `${summary.slice(0, 157).replace(/\s+\S*$/, '')}…`
}
