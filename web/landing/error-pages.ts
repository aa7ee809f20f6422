import { element } from '../parts/element.ts'
import { landingText } from '../words/landing.ts'
import { buildLink, type LandingResponse, landingRoot, type Site } from './landing-request.ts'
import { renderLayout } from './render-layout.ts'

export function renderNotFound(site: Site): LandingResponse {
  return renderMessage(404, landingText.notFound, site)
}

export function renderUnavailable(site: Site): LandingResponse {
  return renderMessage(503, landingText.unavailable, site)
}

export function renderCrossSitePost(site: Site): LandingResponse {
  return renderMessage(403, landingText.crossSitePost, site)
}

export function renderMethodNotAllowed(allow: string, site: Site): LandingResponse {
  const page = renderMessage(405, landingText.methodNotAllowed, site)
  return { ...page, headers: { ...page.headers, allow } }
}

function renderMessage(status: number, { title, text }: { title: string; text: string }, site: Site): LandingResponse {
  return renderLayout(
    {
      status,
      title,
      main: element(
        'div',
        { class: 'hero' },
        element('h1', {}, title),
        element('p', { class: 'lead' }, text),
        element(
          'p',
          { class: 'actions' },
          element('a', { class: 'button', href: buildLink(landingRoot, site) }, landingText.allCareers),
        ),
      ),
    },
    site,
  )
}
