import { element, type MarkupNode } from '../parts/element.ts'
import { renderNoMatch } from '../parts/render-no-match.ts'
import { renderThanks } from '../parts/render-thanks.ts'
import { formText, landingText, stepText } from '../words/visitor.ts'
import { getCareerPath, type LandingCareer, type LandingResponse, type Site } from './landing-request.ts'
import { renderLayout } from './render-layout.ts'
import { renderContactForm, renderVisitorForm } from './request-forms.ts'

type VisitorForm = Omit<Parameters<typeof renderVisitorForm>[0], 'site' | 'slug'>
type ContactForm = Omit<Parameters<typeof renderContactForm>[0], 'slug'>

/** The first step on its own page, for a career or for one program; status 422 if it shows errors. */
export function renderVisitorPage(career: LandingCareer, form: VisitorForm, site: Site): LandingResponse {
  const status = getStatus(form)
  return renderPage(career, {
    title: stepText.visitor.title,
    main: element('div', { class: 'request' }, renderVisitorForm({ ...form, slug: career.slug, site })),
    status,
    // The widget would replace a form that shows errors.
    ...(status === 200 && { script: 'widget' }),
  })
}

/** The second step; status 422 if it shows errors. */
export function renderContactPage(career: LandingCareer, form: ContactForm): LandingResponse {
  const status = getStatus(form)
  const response = renderPage(career, {
    title: stepText.visitor.title,
    main: renderContactForm({ ...form, slug: career.slug }),
    status,
  })
  // Without errors it holds no contact details, so the browser may keep it for Back.
  return status === 200
    ? { ...response, headers: { ...response.headers, 'cache-control': 'private, no-cache' } }
    : response
}

export function renderNoMatchPage(career: LandingCareer): LandingResponse {
  const restartLink = element(
    'a',
    { class: 'button', href: `${getCareerPath(career.slug)}/request` },
    formText.changeAnswers,
  )
  return renderPage(career, {
    title: stepText.visitor.title,
    main: element('div', { class: 'card' }, renderNoMatch(restartLink)),
  })
}

export function renderThanksPage(career: LandingCareer, ...receipt: Parameters<typeof renderThanks>): LandingResponse {
  return renderPage(career, {
    title: landingText.thanks,
    main: element('div', { class: 'card' }, renderThanks(...receipt)),
  })
}

type PageContent = { title: string; main: MarkupNode; status?: number; script?: 'widget' }

function renderPage({ slug, title: careerTitle }: LandingCareer, { main, ...content }: PageContent): LandingResponse {
  return renderLayout({
    ...content,
    main: element(
      'div',
      { class: 'narrow' },
      element('h1', { class: 'visually-hidden' }, content.title),
      element(
        'nav',
        { class: 'crumbs', 'aria-label': landingText.breadcrumb },
        element('a', { href: getCareerPath(slug) }, landingText.backTo(careerTitle)),
      ),
      main,
    ),
  })
}

function getStatus({ faults, messages }: { faults: readonly unknown[]; messages: readonly unknown[] }): number {
  return faults.length + messages.length > 0 ? 422 : 200
}
