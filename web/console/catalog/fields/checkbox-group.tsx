import { useState } from 'preact/hooks'
import { editorText } from '../../text/records/record-text.ts'
import { type ResolvedFieldProps, useEditor, useFieldText } from '../editor-context.ts'
import { getEnumValues, itemSchema } from '../record-schema.ts'
import { type Json, toArray, toText } from './json.ts'
import { useFieldProps } from './plain-fields.tsx'

/** A list of values from a fixed set. */
export function EnumListField({ schema, pointer, value, change, ...rest }: ResolvedFieldProps) {
  const { resolve } = useEditor()
  const values = getEnumValues(resolve(itemSchema(schema))) ?? []
  const labels = useFieldText(pointer).choices ?? {}
  const choices = values.map((enumValue) => ({ value: enumValue, label: labels[enumValue] ?? enumValue }))
  return <CheckboxGroup {...useFieldProps({ pointer, ...rest })} choices={choices} value={value} change={change} />
}

/** Above this number of choices a filter saves scrolling. */
const maxWithoutFilter = 12

type CheckboxGroupProps = ReturnType<typeof useFieldProps> & {
  choices: readonly { value: string; label: string }[]
  value: Json | undefined
  change: (next: Json | undefined) => void
}
/** A checkbox for each choice, with a filter if there are many. The selected values keep the order of the choices. */
export function CheckboxGroup({
  label,
  help,
  fault,
  choices,
  value,
  change,
  'data-pointer': pointer,
}: CheckboxGroupProps) {
  const selected = new Set(toArray(value).map(toText))
  const toggle = (choiceValue: string, isSelected: boolean) => {
    const next = choices
      .map((choice) => choice.value)
      .filter((one) => (one === choiceValue ? isSelected : selected.has(one)))
    change(next.length > 0 ? next : undefined)
  }
  const [filter, setFilter] = useState('')
  const words = filter.toLowerCase().split(/\s+/)
  const isShown = ({ value: choiceValue, label: choiceLabel }: { value: string; label: string }) =>
    selected.has(choiceValue) || words.every((word) => choiceLabel.toLowerCase().includes(word))
  const shownChoices = choices.filter(isShown)
  return (
    <fieldset class={fault ? 'wrong' : ''} tabIndex={-1} data-pointer={pointer}>
      <legend>{label}</legend>
      {help && <p class="help">{help}</p>}
      {fault && <p class="fault">{fault}</p>}
      {choices.length > maxWithoutFilter && (
        <input
          type="search"
          aria-label={editorText.filter(label)}
          placeholder={editorText.filter(label)}
          value={filter}
          onInput={({ currentTarget }) => setFilter(currentTarget.value)}
          // Enter would save the record.
          onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
        />
      )}
      <div class="boxes">
        {shownChoices.length === 0 && <p class="help">{editorText.noneFound}</p>}
        {shownChoices.map((choice) => (
          <label key={choice.value} class="choice">
            <input
              type="checkbox"
              checked={selected.has(choice.value)}
              onChange={({ currentTarget }) => toggle(choice.value, currentTarget.checked)}
            />
            {choice.label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
