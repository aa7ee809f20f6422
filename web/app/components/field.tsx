import type { ComponentChildren, JSX } from 'preact'
import { useId } from 'preact/hooks'

type LabelProps = { label: string; help?: string | undefined; fault?: string | undefined }

/** An input with its label, help and error. */
export function Field({ label, help, fault, ...input }: LabelProps & JSX.IntrinsicElements['input']) {
  const description = useDescription(help, fault)
  return (
    <LabeledField label={label} help={help} fault={fault} description={description}>
      <input id={description.id} {...description.aria} {...input} />
    </LabeledField>
  )
}

type Choices = readonly (string | { value: string; label: string })[]
export function Select({
  label,
  help,
  fault,
  choices,
  ...select
}: LabelProps & { choices: Choices } & JSX.IntrinsicElements['select']) {
  const description = useDescription(help, fault)
  return (
    <LabeledField label={label} help={help} fault={fault} description={description}>
      <select id={description.id} {...description.aria} {...select}>
        {choices.map((choice) => {
          const { value, label } = typeof choice === 'string' ? { value: choice, label: choice } : choice
          return (
            <option key={value} value={value}>
              {label}
            </option>
          )
        })}
      </select>
    </LabeledField>
  )
}

export function TextArea({ label, help, fault, ...area }: LabelProps & JSX.IntrinsicElements['textarea']) {
  const description = useDescription(help, fault)
  return (
    <LabeledField label={label} help={help} fault={fault} description={description}>
      <textarea id={description.id} {...description.aria} {...area} />
    </LabeledField>
  )
}

function useDescription(help: string | undefined, fault: string | undefined) {
  const id = useId()
  const parts = [help && `${id}-help`, fault && `${id}-fault`].filter(Boolean).join(' ')
  return {
    id,
    aria: { ...(parts && { 'aria-describedby': parts }), ...(fault && { 'aria-invalid': true as const }) },
  }
}

type LabeledFieldProps = LabelProps & { description: { id: string }; children: ComponentChildren }
function LabeledField({ label, help, fault, description: { id }, children }: LabeledFieldProps) {
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
