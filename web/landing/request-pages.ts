import { type Html, html } from '#shared/contract/docs/html.ts'
import { element } from '../parts/element.ts'
import { renderNoMatch } from '../parts/render-no-match.ts'
import { renderThanks } from '../parts/render-thanks.ts'
import { formLabels } from '../words/form-labels.ts'
import { getCareerPath, type LandingResponse, type Site } from './landing-request.ts'
import { renderLayout } from './render-layout.ts'
import { renderContactForm, renderVisitorForm } from './request-forms.ts'
import { toHtml } from './to-html.ts'

type FormErrorLists = { faults: readonly unknown[]; messages: readonly unknown[] }

/** The first step on a page of its own: also for one program, and where something was wrong with it. */
export function renderVisitorPage(
  form: Omit<Parameters<typeof renderVisitorForm>[0], 'site'>,
  site: Site,
): LandingResponse {
  const main = html`<div class="request">${renderVisitorForm({ ...form, site })}</div>`
  const status = getStatus(form)
  // Where something was wrong, the widget would take the place of what says so.
  return renderPage(form.slug, {
    title: formLabels.visitor.title,
    main,
    status,
    ...(status === 200 && { script: 'widget' }),
  })
}

export function renderContactPage(form: Parameters<typeof renderContactForm>[0]): LandingResponse {
  const status = getStatus(form)
  const response = renderPage(form.slug, { title: formLabels.visitor.title, main: renderContactForm(form), status })
  // Nobody's contact details are in it yet, so a browser may keep it for its way back.
  return status === 200
    ? { ...response, headers: { ...response.headers, 'cache-control': 'private, no-cache' } }
    : response
}

export function renderNoMatchPage(slug: string): LandingResponse {
  const restartLink = element('a', { class: 'button', href: `${getCareerPath(slug)}/request` }, 'Change my answers')
  return renderPage(slug, {
    title: 'No school matches',
    main: html`<div class="card">${toHtml(renderNoMatch(restartLink))}</div>`,
  })
}

export function renderThanksPage(slug: string, receipt: Parameters<typeof renderThanks>[0]): LandingResponse {
  return renderPage(slug, { title: 'Thank you', main: html`<div class="card">${toHtml(renderThanks(receipt))}</div>` })
}

type PageContent = { title: string; main: Html; status?: number; script?: 'widget' }

function renderPage(slug: string, { main, ...content }: PageContent): LandingResponse {
  return renderLayout({
    ...content,
    main: html`<div class="narrow">
<h1 class="sr">${content.title}</h1>
<nav class="crumbs" aria-label="Where you are"><a href="${getCareerPath(slug)}">Back to the career</a></nav>
${main}
</div>`,
  })
}

function getStatus({ faults, messages }: FormErrorLists): number {
  return faults.length + messages.length > 0 ? 422 : 200
}
