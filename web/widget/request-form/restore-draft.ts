import { collectFormValues, type FormValues } from '../../form/read-fields.ts'
import type { WidgetView } from '../define-element.ts'
import { loadDraft } from './session-draft.ts'

/**
 * Fills the draft of a form that is drawn for the first time with what was typed in this tab before, and any form with what
 * is in the inputs that it replaces. Returns whether a draft of the tab was found.
 */
export function restoreDraft(key: string, view: WidgetView): boolean {
  const { draft } = view
  const stored = Object.keys(draft.values).length === 0 ? loadDraft(key) : undefined
  if (stored) {
    draft.shownIds = [...stored.shownIds]
    draft.leftOutIds = [...stored.leftOutIds]
  }
  draft.values = { ...(stored ?? draft).values, ...withoutEmpty(readTypedValues(view)) }
  return stored !== undefined
}

/** What the visitor has typed into the form that is replaced: this form with other settings, or the plain form of the page. */
export function readTypedValues({ host, find }: WidgetView): FormValues {
  const form = find('form') ?? host.querySelector('form')
  // Other names are sent nowhere, and the last step clears the agreement.
  return form instanceof HTMLFormElement ? collectFormValues(new FormData(form)) : {}
}

/** An empty field of a page that has just loaded does not replace what was typed before. */
function withoutEmpty(values: FormValues): FormValues {
  return Object.fromEntries(Object.entries(values).filter(([, entries]) => entries.some(Boolean)))
}
