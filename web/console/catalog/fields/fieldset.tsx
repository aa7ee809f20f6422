import type { ComponentChildren } from 'preact'
import { useFault } from '../editor-context.ts'
import { toHelpText } from '../record-labels.ts'

type Props = { title: string; description: string | undefined; pointer: string; children: ComponentChildren }

/** Around fields that belong together: what they are, what they are for, and what is wrong with the whole of them. */
export function Fieldset({ title, description, pointer, children }: Props) {
  const fault = useFault(pointer)
  const help = toHelpText(description)
  return (
    <fieldset class="group" tabIndex={-1} data-pointer={pointer}>
      <legend>{title}</legend>
      {help && <p class="help">{help}</p>}
      {fault && <p class="fault">{fault}</p>}
      {children}
    </fieldset>
  )
}
