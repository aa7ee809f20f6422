import { html } from '#shared/contract/docs/html.ts'
import { type LandingAnswer, root } from './landing-request.ts'
import { layout } from './layout.ts'

export function missingPage(): LandingAnswer {
  return plain(404, 'There is no such page', 'It may have moved, or its address may be misspelt.')
}

export function unreachedPage(): LandingAnswer {
  return plain(503, 'Not just now', 'The page could not be put together. Please try again in a minute.')
}

export function foreignPage(): LandingAnswer {
  return plain(
    403,
    'This form belongs to another page',
    'Please fill in the form on this site, so that you see what you agree to.',
  )
}

export function wrongMethod(allow: string): LandingAnswer {
  const page = plain(405, 'That is not possible here', 'This address does not take what was sent to it.')
  return { ...page, headers: { ...page.headers, allow } }
}

function plain(status: number, title: string, text: string): LandingAnswer {
  return layout({
    status,
    title,
    main: html`<div class="hero">
<h1>${title}</h1>
<p class="lead">${text}</p>
<p class="actions"><a class="button" href="${root}">All careers</a></p>
</div>`,
  })
}
