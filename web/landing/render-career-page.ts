import type * as z from 'zod'
import type { careerPage as careerSchema, listSchools } from '#shared/contract/catalog/catalog.ts'
import { type Html, html } from '#shared/contract/docs/html.ts'
import { renderFactsTable } from '../parts/render-facts-table.ts'
import { levelLabels } from '../words/choices.ts'
import { getCareerPath, type LandingResponse, landingRoot, type Site } from './landing-request.ts'
import { renderLayout } from './render-layout.ts'
import { type ListingFilter, renderListingSection } from './render-listing-section.ts'
import { renderVisitorForm } from './request-forms.ts'
import { toHtml } from './to-html.ts'

type Career = z.output<typeof careerSchema>
type Listing = z.output<(typeof listSchools)['responses'][200]['body']>
type CareerPageContent = { career: Career; listing: Listing; jsonld: unknown; filter: ListingFilter; now: Date }

/** Everything that there is to know of a career, and the way to its schools. It reads well without script. */
export function renderCareerPage(
  { career, listing, jsonld, filter, now }: CareerPageContent,
  site: Site,
): LandingResponse {
  const { slug, title, summary, aliases, facts } = career
  const { number } = listing.page
  return renderLayout({
    title: `${title}: duties, education and pay${number > 1 ? ` (schools, page ${number})` : ''}`,
    description: truncateDescription(summary),
    canonical: `${site.origin}${getCareerPath(slug)}${number > 1 ? `?page=${number}` : ''}`,
    jsonld,
    script: 'widget',
    main: html`<div class="hero">
<nav class="crumbs" aria-label="Where you are"><a href="${landingRoot}">All careers</a></nav>
<h1>${title}</h1>
<p class="lead">${summary}</p>
${aliases.length > 0 && html`<p class="aliases">Also advertised as ${aliases.join(', ')}.</p>`}
<p class="actions"><a class="button" href="#request">Request tuition information</a> <a href="#schools">See the schools</a></p>
</div>
<div class="columns">
${renderContents(career)}
<article>
${facts.length > 0 && renderSection('facts', 'At a glance', toHtml(renderFactsTable(facts, { caption: 'Each figure with the period that it is of, and who says so', now })))}
${career.sections.map(({ id, heading, body }) => renderSection(`about-${id}`, heading, renderParagraphs(body)))}
${career.education !== undefined && renderSection('preparing', 'Education in short', html`<p class="short">${career.education}</p>`)}
${renderRelated(career)}
${renderDegrees(career)}
${renderListingSection(listing, { slug, filter })}
<section class="request" id="request" aria-label="Request tuition information">
${renderVisitorForm({ slug, program: undefined, site, values: {}, faults: [], messages: [] })}
</section>
${renderSources(career)}
</article>
</div>`,
  })
}

function renderContents({ facts, sections, education, relatedCareers, degreeOptions }: Career): Html {
  const entries: [string, string][] = [
    ...(facts.length > 0 ? [['facts', 'At a glance'] as [string, string]] : []),
    ...sections.map(({ id, heading }): [string, string] => [`about-${id}`, heading]),
    ...(education === undefined ? [] : [['preparing', 'Education in short'] as [string, string]]),
    ...(relatedCareers.length > 0 ? [['related', 'Related careers'] as [string, string]] : []),
    ...(degreeOptions.length > 0 ? [['degrees', 'Degree options'] as [string, string]] : []),
    ['schools', 'Schools'],
    ['request', 'Request information'],
  ]
  return html`<nav class="toc" aria-labelledby="toc">
<h2 id="toc">On this page</h2>
<ul>${entries.map(([id, words]) => html`<li><a href="#${id}">${words}</a></li>`)}</ul>
</nav>`
}

function renderRelated({ relatedCareers }: Career): Html | false {
  if (relatedCareers.length === 0) return false
  const renderCard = ({ slug, title, reason }: Career['relatedCareers'][number]) =>
    html`<li><h3><a href="${getCareerPath(slug)}">${title}</a></h3><p>${reason}</p></li>`
  return renderSection('related', 'Related careers', html`<ul class="cards">${relatedCareers.map(renderCard)}</ul>`)
}

function renderDegrees({ slug, degreeOptions }: Career): Html | false {
  if (degreeOptions.length === 0) return false
  const renderDegree = ({ level, label, programCount }: Career['degreeOptions'][number]) => {
    const degreeLabel = html`${label || levelLabels[level]}`
    const link = html`<a href="${getCareerPath(slug)}?level=${level}#schools">${degreeLabel}</a>`
    return html`<li>${programCount > 0 ? link : degreeLabel} <span>${programCount === 1 ? '1 program' : `${programCount} programs`}</span></li>`
  }
  return renderSection('degrees', 'Degree options', html`<ul class="degrees">${degreeOptions.map(renderDegree)}</ul>`)
}

function renderSources({ attributions }: Career): Html | false {
  if (attributions.length === 0) return false
  return renderSection(
    'sources',
    'Sources',
    html`<ul class="sources">${attributions.map(({ name, url }) => html`<li>${url === undefined ? name : html`<a href="${url}">${name}</a>`}</li>`)}</ul>`,
  )
}

function renderSection(id: string, heading: string, body: Html): Html {
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${heading}</h2>
${body}
</section>
`
}

function renderParagraphs(text: string): Html {
  return html`<div class="text">${text.split(/\n{2,}/).map((paragraph) => html`<p>${paragraph}</p>`)}</div>`
}

/** The first sentences, as far as a search engine shows them. */
function truncateDescription(text: string): string {
  if (text.length <= 158) return text
  return `${text.slice(0, 157).replace(/\s+\S*$/, '')}…`
}
