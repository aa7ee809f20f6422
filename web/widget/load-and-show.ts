import { element, type MarkupElement } from '../parts/element.ts'
import { describeFailure, formText } from '../words/visitor.ts'
import { callApi, type WidgetResponse } from './call-api.ts'
import type { WidgetView } from './define-element.ts'

/** Reads from the API and draws the response, or a sentence about the failure. */
export async function loadAndShow<Body>(
  path: string,
  view: WidgetView,
  draw: (body: Body) => MarkupElement,
): Promise<void> {
  const { settings, signal, show } = view
  const result: WidgetResponse<Body> = await callApi(
    { path },
    { api: settings.api, signal, onRetry: () => show(renderNote(formText.retrying)) },
  )
  show('body' in result ? draw(result.body) : renderNote(describeFailure(result.problem.code)))
}

function renderNote(text: string): MarkupElement {
  return element('p', { role: 'status' }, text)
}
