import type { WidgetView } from './define-element.ts'

type EventName = 'ready' | 'submit' | 'accepted' | 'rejected' | 'error'

/** Events for the page. Their details never identify the visitor. */
export function emitEvent({ host, signal }: WidgetView, name: EventName, detail: object): void {
  if (signal.aborted) return
  host.dispatchEvent(new CustomEvent(`lead:${name}`, { bubbles: true, composed: true, detail }))
}
