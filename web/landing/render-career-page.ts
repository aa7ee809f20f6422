import type * as z from 'zod'
import type { careerPage as careerSchema, listSchools } from '#shared/contract/catalog/catalog.ts'
import { createLink, element, type MarkupNode } from '../parts/element.ts'
import { renderFactsTable } from '../parts/render-facts-table.ts'
import { renderMarkup } from '../parts/render-markup.ts'
import { levelLabels } from '../words/choices.ts'
import { formatFactValue } from '../words/format-fact.ts'
import { landingText } from '../words/landing.ts'
import { factsText, listingText } from '../words/visitor.ts'
import { buildLink, getCareerPath, type LandingResponse, landingRoot, type Site } from './landing-request.ts'
import { renderLayout } from './render-layout.ts'
import { renderVisitorForm } from './request-forms.ts'
import { buildBreadcrumb } from './sections/build-breadcrumb.ts'
import { findKeyFigures, type KeyFigures, renderKeyFigures } from './sections/render-key-figures.ts'
import { type LandingFilter, renderListingSection } from './sections/render-listing-section.ts'
import { renderStates, type StateComparison } from './sections/render-states-section.ts'

type Career = z.output<typeof careerSchema>
type Listing = z.output<(typeof listSchools)['responses'][200]['body']>
type CareerPageContent = {
  career: Career
  listing: Listing
  /** Absent: no figures by state were imported. */
  states?: StateComparison | undefined
  jsonld: unknown
  filter: LandingFilter
  now: Date
}
const text = landingText.career

/** A career with its key figures, the request form, its facts and its schools. It works without JavaScript. */
export function renderCareerPage(
  { career, listing, states, jsonld, filter, now }: CareerPageContent,
  site: Site,
): LandingResponse {
  const { slug, title, facts, sections, education } = career
  const { number } = listing.page
  const path = getCareerPath(slug)
  const figures = findKeyFigures(facts)
  return renderLayout(
    {
      title: text.title(title, number),
      description: buildDescription(title, figures),
      canonical: `${site.origin}${path}${number > 1 ? `?page=${number}` : ''}`,
      jsonld: [jsonld, buildBreadcrumb([{ name: title, path }], site)],
      script: 'widget',
      imageOrigins: listing.schools.flatMap(({ logoUrl }) => (logoUrl === undefined ? [] : [new URL(logoUrl).origin])),
      main: [
        renderHero(career, figures, site),
        element(
          'div',
          { class: 'columns' },
          renderContents(career, states !== undefined),
          element(
            'article',
            {},
            facts.length > 0 &&
              renderSection(
                'facts',
                text.facts,
                renderFactsTable(facts, {
                  caption: factsText.caption,
                  now,
                  renderFootnote: ({ footnote }) => renderFootnote(footnote),
                  renderLabel: (fact) => renderFactLabel(fact, site),
                }),
              ),
            states &&
              renderSection(
                'states',
                landingText.states.title,
                renderStates(states, { slug, state: filter.state, site }),
              ),
            sections.map(({ id, heading, body }) =>
              renderSection(`about-${id}`, heading, element('div', { class: 'text' }, renderMarkup(body))),
            ),
            education !== undefined &&
              renderSection('preparing', text.education, element('div', { class: 'short' }, renderMarkup(education))),
            renderRelated(career, site),
            renderDegrees(career, site),
            renderArticles(career),
            renderListingSection(listing, { slug, filter, site }),
            renderSources(career),
            element(
              'p',
              { class: 'sticky' },
              element('a', { class: 'button', href: '#request' }, landingText.listing.request),
            ),
          ),
        ),
      ],
    },
    site,
  )
}

/** Who the career is for, its key figures, and the form beside them: all within the first screen of a desktop. */
function renderHero({ slug, title, summary, aliases, subject }: Career, figures: KeyFigures, site: Site): MarkupNode {
  return element(
    'div',
    { class: 'hero wide' },
    element(
      'div',
      { class: 'intro' },
      element(
        'nav',
        { class: 'crumbs', 'aria-label': landingText.breadcrumb },
        element('a', { href: buildLink(landingRoot, site) }, landingText.allCareers),
      ),
      element('h1', {}, title),
      renderKeyFigures(figures),
      element(
        'p',
        { class: 'actions' },
        element('a', { class: 'button', href: '#request' }, text.request),
        ' ',
        element('a', { href: '#schools' }, text.seeSchools),
      ),
      element('p', { class: 'lead' }, summary),
      subject !== undefined &&
        element('p', { class: 'aliases' }, element('a', { href: '#schools' }, text.subject(subject))),
      aliases.length > 0 && element('p', { class: 'aliases' }, text.alsoCalled(aliases.join(', '))),
    ),
    element(
      'section',
      { class: 'request', id: 'request', 'aria-label': text.request },
      renderVisitorForm({ slug, program: undefined, site, values: {}, faults: [], messages: [] }),
    ),
  )
}

function renderContents(
  { facts, sections, education, relatedCareers, degreeOptions, relatedArticles = [], attributions }: Career,
  hasStates: boolean,
): MarkupNode {
  const renderEntry = (id: string, heading: string) => element('li', {}, element('a', { href: `#${id}` }, heading))
  return element(
    'nav',
    { class: 'toc', 'aria-labelledby': 'toc' },
    element('h2', { id: 'toc' }, text.contents),
    element(
      'ul',
      {},
      facts.length > 0 && renderEntry('facts', text.facts),
      hasStates && renderEntry('states', landingText.states.title),
      sections.map(({ id, heading }) => renderEntry(`about-${id}`, heading)),
      education !== undefined && renderEntry('preparing', text.education),
      relatedCareers.length > 0 && renderEntry('related', text.related),
      degreeOptions.some(({ programCount }) => programCount > 0) && renderEntry('degrees', text.degrees),
      relatedArticles.length > 0 && renderEntry('articles', text.articles),
      renderEntry('schools', listingText.title),
      attributions.length > 0 && renderEntry('sources', text.sources),
    ),
  )
}

function renderRelated({ relatedCareers }: Career, site: Site): MarkupNode {
  if (relatedCareers.length === 0) return undefined
  const renderCard = ({ slug, title, reason }: Career['relatedCareers'][number]) =>
    element(
      'li',
      {},
      element('h3', {}, element('a', { href: buildLink(getCareerPath(slug), site) }, title)),
      element('p', {}, reason),
    )
  return renderSection('related', text.related, element('ul', { class: 'cards' }, relatedCareers.map(renderCard)))
}

function renderDegrees({ slug, degreeOptions }: Career, site: Site): MarkupNode {
  // A degree without a program leads nowhere.
  const offeredDegrees = degreeOptions.filter(({ programCount }) => programCount > 0)
  if (offeredDegrees.length === 0) return undefined
  const renderDegree = ({ level, label, programCount }: Career['degreeOptions'][number]) => {
    const href = buildLink(`${getCareerPath(slug)}#schools`, site, [['level', level]])
    const link = element('a', { href }, label || levelLabels[level])
    return element('li', {}, element('span', {}, link, ' ', element('small', {}, text.programCount(programCount))))
  }
  return renderSection('degrees', text.degrees, element('ol', { class: 'degrees' }, offeredDegrees.map(renderDegree)))
}

function renderArticles({ relatedArticles = [] }: Career): MarkupNode {
  if (relatedArticles.length === 0) return undefined
  const entries = relatedArticles.map(({ title, url }) => element('li', {}, createLink(url, title)))
  return renderSection('articles', text.articles, element('ul', {}, entries))
}

function renderFootnote(footnote: number | undefined): MarkupNode {
  return (
    footnote !== undefined && element('sup', {}, element('a', { href: `#${footnotePrefix}${footnote}` }, `${footnote}`))
  )
}

/** A fact about another career is a link to its page. */
function renderFactLabel({ label, careerSlug, careerTitle }: Career['facts'][number], site: Site): MarkupNode {
  return careerSlug === undefined || careerTitle === undefined
    ? label
    : element('a', { href: buildLink(getCareerPath(careerSlug), site), title: careerTitle }, label)
}

function renderSources({ attributions }: Career): MarkupNode {
  if (attributions.length === 0) return undefined
  const entries = attributions.map(({ footnote, name, url }) =>
    element('li', { id: `${footnotePrefix}${footnote}`, value: footnote }, createLink(url, name)),
  )
  return renderSection('sources', text.sources, element('ol', { class: 'sources' }, entries))
}

function renderSection(id: string, heading: string, body: MarkupNode): MarkupNode {
  return element('section', { 'aria-labelledby': id }, element('h2', { id }, heading), body)
}

const maxDescriptionLength = 158

/** One sentence on what the page has, without the last figures if it would be longer than search engines show. */
function buildDescription(title: string, { pay, growth }: KeyFigures): string {
  const { pay: describePay, growth: describeGrowth } = landingText.figureInDescription
  const figures = [
    ...(pay ? [describePay(formatFactValue({ ...pay, metric: '' }))] : []),
    ...(growth ? [describeGrowth(formatFactValue(growth))] : []),
  ]
  const [full, ...shorter] = figures.map((_, index) => figures.slice(0, figures.length - index))
  const fits = [full ?? [], ...shorter, []].map((each) => landingText.description(title, each))
  return fits.find(({ length }) => length <= maxDescriptionLength) ?? title
}

/** Of the IDs of numbered sources. */
const footnotePrefix = 'source-'
