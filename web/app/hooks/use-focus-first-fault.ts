import type { RefObject } from 'preact'
import { useEffect } from 'preact/hooks'

/** Moves the focus to the first field with an error after a form is submitted. */
export function useFocusFirstFault(
  form: RefObject<HTMLFormElement | null>,
  faults: { readonly [field: string]: unknown },
): void {
  useEffect(() => {
    if (Object.keys(faults).length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  }, [faults])
}
