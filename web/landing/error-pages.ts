import { element } from '../parts/element.ts'
import { landingText } from '../words/visitor.ts'
import { type LandingResponse, landingRoot } from './landing-request.ts'
import { renderLayout } from './render-layout.ts'

export function renderNotFound(): LandingResponse {
  return renderMessage(404, landingText.notFound)
}

export function renderUnavailable(): LandingResponse {
  return renderMessage(503, landingText.unavailable)
}

export function renderCrossSitePost(): LandingResponse {
  return renderMessage(403, landingText.crossSitePost)
}

export function renderMethodNotAllowed(allow: string): LandingResponse {
  const page = renderMessage(405, landingText.methodNotAllowed)
  return { ...page, headers: { ...page.headers, allow } }
}

function renderMessage(status: number, { title, text }: { title: string; text: string }): LandingResponse {
  return renderLayout({
    status,
    title,
    main: element(
      'div',
      { class: 'hero' },
      element('h1', {}, title),
      element('p', { class: 'lead' }, text),
      element('p', { class: 'actions' }, element('a', { class: 'button', href: landingRoot }, landingText.allCareers)),
    ),
  })
}
