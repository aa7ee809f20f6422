import type { ComponentChildren } from 'preact'
import { useFault } from '../editor-context.ts'

type Props = { title: string; help: string | undefined; pointer: string; children: ComponentChildren }

/** A group of fields with its title, help and error. */
export function Fieldset({ title, help, pointer, children }: Props) {
  const fault = useFault(pointer)
  return (
    <fieldset class="group" tabIndex={-1} data-pointer={pointer}>
      <legend>{title}</legend>
      {help && <p class="help">{help}</p>}
      {fault && <p class="fault">{fault}</p>}
      {children}
    </fieldset>
  )
}
