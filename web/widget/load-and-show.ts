import { element, type MarkupElement } from '../parts/element.ts'
import { callApi, type WidgetResponse } from './call-api.ts'
import type { WidgetView } from './define-element.ts'

/** Reads from the API and draws what comes, or says what was in the way. */
export async function loadAndShow<Body>(
  path: string,
  view: WidgetView,
  draw: (body: Body) => MarkupElement,
): Promise<void> {
  const { settings, signal, show } = view
  const result: WidgetResponse<Body> = await callApi(
    { path },
    { api: settings.api, signal, onRetry: () => show(renderNote('No connection just now; trying again …')) },
  )
  show('body' in result ? draw(result.body) : renderNote(result.problem.detail))
}

function renderNote(text: string): MarkupElement {
  return element('p', { role: 'status' }, text)
}
