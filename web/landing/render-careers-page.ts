import type * as z from 'zod'
import type { listCareers } from '#shared/contract/catalog/catalog.ts'
import { html } from '#shared/contract/docs/html.ts'
import { getCareerPath, type LandingResponse, landingRoot } from './landing-request.ts'
import { renderLayout } from './render-layout.ts'

type Careers = z.output<(typeof listCareers)['responses'][200]['body']>

/** All careers by title, up to a hundred on a page. */
export function renderCareersPage({ careers, page: { nextCursor } }: Careers): LandingResponse {
  return renderLayout({
    title: 'Careers',
    description: 'What careers ask of you, what they pay, and the schools that teach them.',
    main: html`<div class="hero">
<h1>Careers</h1>
<p class="lead">What they ask of you, what they have paid, and the schools that teach them.</p>
</div>
<ul class="cards">
${careers.map(
  ({
    slug,
    title,
    summary,
  }) => html`<li><h2><a href="${getCareerPath(slug)}">${title}</a></h2><p>${getFirstSentence(summary)}</p></li>
`,
)}
</ul>
${nextCursor !== null && html`<p><a href="${landingRoot}?cursor=${encodeURIComponent(nextCursor)}">More careers</a></p>`}`,
  })
}

function getFirstSentence(text: string): string {
  return /^.{20,200}?[.?!](?=\s|$)/.exec(text)?.[0] ?? text
}
