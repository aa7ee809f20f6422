import type * as z from 'zod'
import type { leadReceipt } from '../../../shared/contract/capture/capture.ts'
import { renderThanks } from '../../parts/render-thanks.ts'
import type { WidgetView } from '../define-element.ts'
import { emitEvent } from '../emit-event.ts'

export type WidgetReceipt = z.output<typeof leadReceipt>

/** Shows in place of the form which schools have the request, and tells the page around it. */
export function showThanks(view: WidgetView, { leadId, outcome, schools, withdrawalPath }: WidgetReceipt): void {
  const withdrawalUrl = withdrawalPath && view.api + withdrawalPath
  view.show(renderThanks({ outcome, schools: schools.map(({ name }) => name) }, withdrawalUrl))
  view.find('h2')?.focus()
  emitEvent(view, 'lead:accepted', {
    leadId,
    outcome,
    schools: schools.map(({ schoolId, name }) => ({ schoolId, name })),
  })
}
