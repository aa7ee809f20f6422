import type { WidgetView } from './define-element.ts'
import type { WidgetEventDetails } from './widget-events.ts'

/** Events for the page. Their details never identify the visitor. */
export function emitEvent<Name extends keyof WidgetEventDetails>(
  { host, signal }: WidgetView,
  name: Name,
  detail: WidgetEventDetails[Name],
): void {
  if (signal.aborted) return
  host.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }))
}
