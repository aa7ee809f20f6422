import type * as z from 'zod'
import type { careerPage as careerSchema, listSchools } from '#shared/contract/catalog/catalog.ts'
import { type Html, html } from '#shared/contract/docs/html.ts'
import { factsTable } from '../parts/facts-table.ts'
import { levelWords } from '../words/choices.ts'
import { careerPath, type LandingAnswer, root, type Site } from './landing-request.ts'
import { layout } from './layout.ts'
import { type Filter, listingSection } from './listing-section.ts'
import { visitorForm } from './request-forms.ts'
import { toHtml } from './to-html.ts'

type Career = z.output<typeof careerSchema>
type Listing = z.output<(typeof listSchools)['responses'][200]['body']>
type Shown = { career: Career; listing: Listing; jsonld: unknown; filter: Filter; now: Date }

/** Everything that there is to know of a career, and the way to its schools. It reads well without script. */
export function careerPage({ career, listing, jsonld, filter, now }: Shown, site: Site): LandingAnswer {
  const { slug, title, summary, aliases, facts } = career
  const { number } = listing.page
  return layout({
    title: `${title}: duties, education and pay${number > 1 ? ` (schools, page ${number})` : ''}`,
    description: shortened(summary),
    canonical: `${site.origin}${careerPath(slug)}${number > 1 ? `?page=${number}` : ''}`,
    jsonld,
    script: 'widget',
    main: html`<div class="hero">
<nav class="crumbs" aria-label="Where you are"><a href="${root}">All careers</a></nav>
<h1>${title}</h1>
<p class="lead">${summary}</p>
${aliases.length > 0 && html`<p class="aliases">Also advertised as ${aliases.join(', ')}.</p>`}
<p class="actions"><a class="button" href="#request">Request tuition information</a> <a href="#schools">See the schools</a></p>
</div>
<div class="columns">
${contents(career)}
<article>
${facts.length > 0 && section('facts', 'At a glance', toHtml(factsTable(facts, { caption: 'Each figure with the period that it is of, and who says so', now })))}
${career.sections.map(({ id, heading, body }) => section(`about-${id}`, heading, paragraphs(body)))}
${career.education !== undefined && section('preparing', 'Education in short', html`<p class="short">${career.education}</p>`)}
${related(career)}
${degrees(career)}
${listingSection(listing, { slug, filter })}
<section class="request" id="request" aria-label="Request tuition information">
${visitorForm({ slug, program: undefined, site, values: {}, faults: [], messages: [] })}
</section>
${sources(career)}
</article>
</div>`,
  })
}

function contents({ facts, sections, education, relatedCareers, degreeOptions }: Career): Html {
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

function related({ relatedCareers }: Career): Html | false {
  if (relatedCareers.length === 0) return false
  const card = ({ slug, title, reason }: Career['relatedCareers'][number]) =>
    html`<li><h3><a href="${careerPath(slug)}">${title}</a></h3><p>${reason}</p></li>`
  return section('related', 'Related careers', html`<ul class="cards">${relatedCareers.map(card)}</ul>`)
}

function degrees({ slug, degreeOptions }: Career): Html | false {
  if (degreeOptions.length === 0) return false
  const line = ({ level, label, programCount }: Career['degreeOptions'][number]) => {
    const words = html`${label || levelWords[level]}`
    const link = html`<a href="${careerPath(slug)}?level=${level}#schools">${words}</a>`
    return html`<li>${programCount > 0 ? link : words} <span>${programCount === 1 ? '1 program' : `${programCount} programs`}</span></li>`
  }
  return section('degrees', 'Degree options', html`<ul class="degrees">${degreeOptions.map(line)}</ul>`)
}

function sources({ attributions }: Career): Html | false {
  if (attributions.length === 0) return false
  return section(
    'sources',
    'Sources',
    html`<ul class="sources">${attributions.map(({ name, url }) => html`<li>${url === undefined ? name : html`<a href="${url}">${name}</a>`}</li>`)}</ul>`,
  )
}

function section(id: string, heading: string, body: Html): Html {
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${heading}</h2>
${body}
</section>
`
}

function paragraphs(text: string): Html {
  return html`<div class="text">${text.split(/\n{2,}/).map((paragraph) => html`<p>${paragraph}</p>`)}</div>`
}

/** The first sentences, as far as a search engine shows them. */
function shortened(text: string): string {
  if (text.length <= 158) return text
  return `${text.slice(0, 157).replace(/\s+\S*$/, '')}…`
}
