import { element, type MarkupElement } from '../parts/element.ts'
import { formText } from '../words/visitor.ts'
import { callApi, type WidgetResponse } from './call-api.ts'
import type { WidgetView } from './define-element.ts'
import { showUnavailable } from './show-unavailable.ts'

/** Reads from the API and draws the response. Until then, and if it fails, the content between the tags is shown. */
export async function loadAndShow<Body>(
  path: string,
  view: WidgetView,
  draw: (body: Body) => MarkupElement,
): Promise<void> {
  const { api, signal, show } = view
  const result: WidgetResponse<Body> = await callApi(
    { path },
    {
      api,
      signal,
      onRetry: () => show(element('p', { role: 'status' }, formText.retrying), element('slot')),
    },
  )
  if ('body' in result) show(draw(result.body))
  else showUnavailable(view, result.problem)
}
