import { type Element, element } from '../parts/element.ts'
import { type Answer, callApi } from './call-api.ts'
import type { View } from './define-element.ts'

/** Reads from the API and draws what comes, or says what was in the way. */
export async function load<Body>(path: string, view: View, draw: (body: Body) => Element): Promise<void> {
  const { settings, signal, show } = view
  const answer: Answer<Body> = await callApi(
    { path },
    { api: settings.api, signal, waiting: () => show(note('No connection just now; trying again …')) },
  )
  show('body' in answer ? draw(answer.body) : note(answer.problem.detail))
}

function note(text: string): Element {
  return element('p', { role: 'status' }, text)
}
