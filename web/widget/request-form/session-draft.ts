import { consentField } from '../../form/fields.ts'
import type { FormField } from '../../form/form-field.ts'
import type { FormValues } from '../../form/read-fields.ts'
import { toJson } from '../call-api.ts'

/** What a visitor typed and unchecked, in this tab only, until the request is sent. */
export type SessionDraft = { values: FormValues; shownIds: readonly string[]; leftOutIds: readonly string[] }

/** FormData leaves out unchecked boxes, so the fields' earlier values are cleared first. */
export function storeValues(draft: { values: FormValues }, fields: readonly FormField[], newValues: FormValues): void {
  draft.values = { ...draft.values, ...Object.fromEntries(fields.map(({ pointer }) => [pointer, []])), ...newValues }
}

/** Saves what was typed. The agreement is not saved: the visitor gives it again to the text that is shown then. */
export function saveDraft(key: string, { values, shownIds, leftOutIds }: SessionDraft): void {
  const fields = Object.entries(values).filter(([name]) => name.startsWith('/') && name !== consentField.pointer)
  useStorage((storage) =>
    storage.setItem(
      key,
      toJson({ values: Object.fromEntries(fields), shownIds: [...shownIds], leftOutIds: [...leftOutIds] }),
    ),
  )
}

export function loadDraft(key: string): SessionDraft | undefined {
  return useStorage((storage) => {
    const draft: unknown = JSON.parse(storage.getItem(key) ?? 'null')
    return isDraft(draft) ? draft : undefined
  })
}

export function clearDraft(key: string): void {
  useStorage((storage) => storage.removeItem(key))
}

/** Frames without an origin and browsers without storage have none: the form then works without a draft. */
function useStorage<Result>(work: (storage: Storage) => Result): Result | undefined {
  try {
    return work(sessionStorage)
  } catch {
    return undefined
  }
}

function isDraft(draft: unknown): draft is SessionDraft {
  if (typeof draft !== 'object' || draft === null || !('values' in draft) || !('leftOutIds' in draft)) return false
  const { values, leftOutIds } = draft
  return typeof values === 'object' && values !== null && Array.isArray(leftOutIds) && 'shownIds' in draft
}
