import { element, type MarkupNode } from '../parts/element.ts'
import { renderNoMatch } from '../parts/render-no-match.ts'
import { renderThanks } from '../parts/render-thanks.ts'
import { landingText } from '../words/landing.ts'
import { formText, noMatchText, stepText } from '../words/visitor.ts'
import { buildLink, getCareerPath, type LandingCareer, type LandingResponse, type Site } from './landing-request.ts'
import { renderLayout } from './render-layout.ts'
import { renderContactForm, renderFindForm, renderVisitorForm } from './request-forms.ts'

/** The program beside which a visitor asked for information. */
export type RequestedProgram = { programId: string; name: string; schoolName: string }
type RequestForm<Form> = Omit<Form, 'site' | 'slug' | 'program'> & { program: RequestedProgram | undefined }
type VisitorForm = RequestForm<Parameters<typeof renderVisitorForm>[0]>
type ContactForm = RequestForm<Parameters<typeof renderContactForm>[0]>

/** The first step on its own page, for a career or for one program; status 422 if it shows errors. */
export function renderVisitorPage(
  career: LandingCareer,
  { program, ...form }: VisitorForm,
  site: Site,
): LandingResponse {
  const status = getStatus(form)
  const step = renderVisitorForm({ ...form, program: program?.programId, slug: career.slug, site })
  return renderPage(
    career,
    {
      program,
      main: element('div', { class: 'request' }, step),
      status,
      // The widget would replace a form that shows errors.
      ...(status === 200 && { script: 'widget' }),
    },
    site,
  )
}

/** The second step; status 422 if it shows errors. */
export function renderContactPage(
  career: LandingCareer,
  { program, ...form }: ContactForm,
  site: Site,
): LandingResponse {
  const status = getStatus(form)
  const main = renderContactForm({ ...form, program: program?.programId, slug: career.slug, site })
  const response = renderPage(career, { program, main, status }, site)
  // With errors it holds contact details, which no cache may keep.
  return status === 200 ? response : { ...response, headers: { ...response.headers, 'cache-control': 'no-store' } }
}

/** Says that no school, or not this program, takes the request, and offers the others with the same answers. */
export function renderNoMatchPage(
  career: LandingCareer,
  { program, values }: Pick<VisitorForm, 'program' | 'values'>,
  site: Site,
): LandingResponse {
  const restartLink = element(
    'a',
    { class: program ? undefined : 'button', href: buildLink(`${getCareerPath(career.slug)}/request`, site) },
    formText.changeAnswers,
  )
  const actions = program
    ? [renderFindForm({ slug: career.slug, values, site }, noMatchText.others), restartLink]
    : restartLink
  return renderPage(
    career,
    { program: undefined, main: element('div', { class: 'card' }, renderNoMatch(actions, program)) },
    site,
  )
}

export function renderThanksPage(
  career: LandingCareer,
  receipt: Parameters<typeof renderThanks>[0],
  withdrawalUrl: string | undefined,
  site: Site,
): LandingResponse {
  const main = element('div', { class: 'card' }, renderThanks(receipt, withdrawalUrl))
  return renderPage(career, { title: landingText.thanks, program: undefined, main }, site)
}

type PageContent = {
  title?: string
  program: RequestedProgram | undefined
  main: MarkupNode
  status?: number
  script?: 'widget'
}

function renderPage({ slug, title: careerTitle }: LandingCareer, page: PageContent, site: Site): LandingResponse {
  const { program, title = stepText.visitor.title, main, ...rest } = page
  return renderLayout(
    {
      ...rest,
      title: program ? `${program.name}, ${program.schoolName}: ${title}` : title,
      main: element(
        'div',
        { class: 'narrow' },
        element(
          'nav',
          { class: 'crumbs', 'aria-label': landingText.breadcrumb },
          element('a', { href: buildLink(getCareerPath(slug), site) }, landingText.backTo(careerTitle)),
        ),
        program
          ? element('h1', { class: 'program-title' }, program.name, element('small', {}, program.schoolName))
          : element('h1', { class: 'visually-hidden' }, title),
        main,
      ),
    },
    site,
  )
}

function getStatus({ faults, messages }: { faults: readonly unknown[]; messages: readonly unknown[] }): number {
  return faults.length + messages.length > 0 ? 422 : 200
}
