import type { ComponentChildren, JSX } from 'preact'
import { useId } from 'preact/hooks'

type Labelled = { label: string; help?: string | undefined; fault?: string | undefined }

/** An input with its label, what it is for, and what is wrong with it. */
export function Field({ label, help, fault, ...input }: Labelled & JSX.IntrinsicElements['input']) {
  const described = useDescribed(help, fault)
  return (
    <Around label={label} help={help} fault={fault} described={described}>
      <input id={described.id} {...described.aria} {...input} />
    </Around>
  )
}

type Choices = readonly (string | { value: string; label: string })[]
export function Select({
  label,
  help,
  fault,
  choices,
  ...select
}: Labelled & { choices: Choices } & JSX.IntrinsicElements['select']) {
  const described = useDescribed(help, fault)
  return (
    <Around label={label} help={help} fault={fault} described={described}>
      <select id={described.id} {...described.aria} {...select}>
        {choices.map((choice) => {
          const { value, label } = typeof choice === 'string' ? { value: choice, label: choice } : choice
          return (
            <option key={value} value={value}>
              {label}
            </option>
          )
        })}
      </select>
    </Around>
  )
}

export function TextArea({ label, help, fault, ...area }: Labelled & JSX.IntrinsicElements['textarea']) {
  const described = useDescribed(help, fault)
  return (
    <Around label={label} help={help} fault={fault} described={described}>
      <textarea id={described.id} {...described.aria} {...area} />
    </Around>
  )
}

function useDescribed(help: string | undefined, fault: string | undefined) {
  const id = useId()
  const parts = [help && `${id}-help`, fault && `${id}-fault`].filter(Boolean).join(' ')
  return {
    id,
    aria: { ...(parts && { 'aria-describedby': parts }), ...(fault && { 'aria-invalid': true as const }) },
  }
}

type AroundProps = Labelled & { described: { id: string }; children: ComponentChildren }
function Around({ label, help, fault, described: { id }, children }: AroundProps) {
  return (
    <div class={fault ? 'field wrong' : 'field'}>
      <label for={id}>{label}</label>
      {help && (
        <p class="help" id={`${id}-help`}>
          {help}
        </p>
      )}
      {fault && (
        <p class="fault" id={`${id}-fault`}>
          {fault}
        </p>
      )}
      {children}
    </div>
  )
}
