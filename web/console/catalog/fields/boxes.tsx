import { type Field, useEditor } from '../editor-context.ts'
import { itemSchema, wordsOf } from '../record-schema.ts'
import { choiceWords } from '../record-words.ts'
import { itemsOf, type Json, textOf } from './json.ts'
import { useTold } from './plain-fields.tsx'

/** Some of a few words. */
export function WordsField({ schema, pointer, value, change, ...rest }: Field) {
  const { resolve } = useEditor()
  const words = wordsOf(resolve(itemSchema(schema))) ?? []
  const choices = words.map((word) => ({ value: word, label: choiceWords(word) }))
  return <Boxes {...useTold({ schema, pointer, ...rest })} choices={choices} value={value} change={change} />
}

type BoxesProps = ReturnType<typeof useTold> & {
  choices: readonly { value: string; label: string }[]
  value: Json | undefined
  change: (next: Json | undefined) => void
}
/** A box for each choice; what was chosen keeps the order of the choices. */
export function Boxes({ label, help, fault, choices, value, change, 'data-pointer': pointer }: BoxesProps) {
  const chosen = new Set(itemsOf(value).map(textOf))
  const toggle = (word: string, isChosen: boolean) => {
    const next = choices.map((choice) => choice.value).filter((one) => (one === word ? isChosen : chosen.has(one)))
    change(next.length > 0 ? next : undefined)
  }
  return (
    <fieldset class={fault ? 'wrong' : ''} tabIndex={-1} data-pointer={pointer}>
      <legend>{label}</legend>
      {help && <p class="help">{help}</p>}
      {fault && <p class="fault">{fault}</p>}
      <div class="boxes">
        {choices.map((choice) => (
          <label key={choice.value} class="choice">
            <input
              type="checkbox"
              checked={chosen.has(choice.value)}
              onChange={({ currentTarget }) => toggle(choice.value, currentTarget.checked)}
            />
            {choice.label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
