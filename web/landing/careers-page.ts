import type * as z from 'zod'
import type { listCareers } from '#shared/contract/catalog/catalog.ts'
import { html } from '#shared/contract/docs/html.ts'
import { careerPath, type LandingAnswer, root } from './landing-request.ts'
import { layout } from './layout.ts'

type Careers = z.output<(typeof listCareers)['responses'][200]['body']>

/** All careers by title, up to a hundred on a page. */
export function careersPage({ careers, page: { nextCursor } }: Careers): LandingAnswer {
  return layout({
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
  }) => html`<li><h2><a href="${careerPath(slug)}">${title}</a></h2><p>${firstSentence(summary)}</p></li>
`,
)}
</ul>
${nextCursor !== null && html`<p><a href="${root}?cursor=${encodeURIComponent(nextCursor)}">More careers</a></p>`}`,
  })
}

function firstSentence(text: string): string {
  return /^.{20,200}?[.?!](?=\s|$)/.exec(text)?.[0] ?? text
}
