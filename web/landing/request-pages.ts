import { type Html, html } from '#shared/contract/docs/html.ts'
import { element } from '../parts/element.ts'
import { nobodyParts } from '../parts/nobody-parts.ts'
import { thanksParts } from '../parts/thanks-parts.ts'
import { formWords } from '../words/form-words.ts'
import { careerPath, type LandingAnswer, type Site } from './landing-request.ts'
import { layout } from './layout.ts'
import { contactForm, visitorForm } from './request-forms.ts'
import { toHtml } from './to-html.ts'

type Troubled = { faults: readonly unknown[]; messages: readonly unknown[] }

/** The first step on a page of its own: also for one program, and where something was wrong with it. */
export function visitorPage(form: Omit<Parameters<typeof visitorForm>[0], 'site'>, site: Site): LandingAnswer {
  const main = html`<div class="request">${visitorForm({ ...form, site })}</div>`
  const status = statusOf(form)
  // Where something was wrong, the widget would take the place of what says so.
  return page(form.slug, { title: formWords.visitor.title, main, status, ...(status === 200 && { script: 'widget' }) })
}

export function contactPage(form: Parameters<typeof contactForm>[0]): LandingAnswer {
  const status = statusOf(form)
  const answer = page(form.slug, { title: formWords.visitor.title, main: contactForm(form), status })
  // Nobody's contact details are in it yet, so a browser may keep it for its way back.
  return status === 200 ? { ...answer, headers: { ...answer.headers, 'cache-control': 'private, no-cache' } } : answer
}

export function nobodyPage(slug: string): LandingAnswer {
  const again = element('a', { class: 'button', href: `${careerPath(slug)}/request` }, 'Change my answers')
  return page(slug, { title: 'No school matches', main: html`<div class="card">${toHtml(nobodyParts(again))}</div>` })
}

export function thanksPage(slug: string, receipt: Parameters<typeof thanksParts>[0]): LandingAnswer {
  return page(slug, { title: 'Thank you', main: html`<div class="card">${toHtml(thanksParts(receipt))}</div>` })
}

type Drawn = { title: string; main: Html; status?: number; script?: 'widget' }

function page(slug: string, { main, ...drawn }: Drawn): LandingAnswer {
  return layout({
    ...drawn,
    main: html`<div class="narrow">
<h1 class="sr">${drawn.title}</h1>
<nav class="crumbs" aria-label="Where you are"><a href="${careerPath(slug)}">Back to the career</a></nav>
${main}
</div>`,
  })
}

function statusOf({ faults, messages }: Troubled): number {
  return faults.length + messages.length > 0 ? 422 : 200
}
