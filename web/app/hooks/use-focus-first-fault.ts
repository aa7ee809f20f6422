import type { RefObject } from 'preact'
import { useEffect } from 'preact/hooks'

/** Takes whoever sent a form to the first field that is wrong. */
export function useFocusFirstFault(
  form: RefObject<HTMLFormElement | null>,
  faults: { readonly [field: string]: unknown },
): void {
  useEffect(() => {
    if (Object.keys(faults).length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  }, [faults])
}
