import { html } from '#shared/contract/docs/html.ts'
import { type LandingResponse, landingRoot } from './landing-request.ts'
import { renderLayout } from './render-layout.ts'

export function renderNotFound(): LandingResponse {
  return renderMessage(404, 'There is no such page', 'It may have moved, or its address may be misspelt.')
}

export function renderUnavailable(): LandingResponse {
  return renderMessage(503, 'Not just now', 'The page could not be put together. Please try again in a minute.')
}

export function renderCrossSitePost(): LandingResponse {
  return renderMessage(
    403,
    'This form belongs to another page',
    'Please fill in the form on this site, so that you see what you agree to.',
  )
}

export function renderMethodNotAllowed(allow: string): LandingResponse {
  const page = renderMessage(405, 'That is not possible here', 'This address does not take what was sent to it.')
  return { ...page, headers: { ...page.headers, allow } }
}

function renderMessage(status: number, title: string, text: string): LandingResponse {
  return renderLayout({
    status,
    title,
    main: html`<div class="hero">
<h1>${title}</h1>
<p class="lead">${text}</p>
<p class="actions"><a class="button" href="${landingRoot}">All careers</a></p>
</div>`,
  })
}
