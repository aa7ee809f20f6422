import { element } from '../parts/element.ts'
import { describeMistake } from '../words/publisher.ts'
import { failureText } from '../words/visitor.ts'
import type { WidgetProblem } from './call-api.ts'
import type { WidgetView } from './define-element.ts'
import { emitEvent } from './emit-event.ts'

/**
 * Shows the visitor the page's own content between the tags, or one line if there is none. The page reads a `lead:error`
 * event, and its publisher a warning in the console that says how to mend it.
 */
export function showUnavailable(view: WidgetView, problem: WidgetProblem): void {
  reportProblem(view, problem)
  const { host, show } = view
  const hasContent = host.childElementCount > 0 || host.textContent?.trim()
  show(hasContent ? element('slot') : element('p', { role: 'status' }, failureText.unavailable))
}

/** Tells the page and its publisher, and leaves what is shown. */
export function reportProblem(view: WidgetView, { code }: WidgetProblem): void {
  const { host, api, signal } = view
  if (signal.aborted) return
  console.warn(describeMistake(host.localName, api, code))
  emitEvent(view, 'lead:error', { code })
}
