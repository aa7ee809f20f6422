import * as z from 'zod'
import { Field as Input, Select, TextArea } from '#web/app/components/field.tsx'
import { type Field, useFaultWithin } from '../editor-context.ts'
import { wordsOf } from '../record-schema.ts'
import { choiceWords, helpOf, labelOf } from '../record-words.ts'
import { itemsOf, type Json, textOf } from './json.ts'
import { useTyped } from './use-typed.ts'

/** Text; long text where much of it may be. */
export function TextField({ schema, pointer, value, change, ...rest }: Field) {
  const given = {
    ...useTold({ schema, pointer, ...rest }),
    value: textOf(value),
    maxLength: schema.maxLength,
    onInput: ({ currentTarget }: { currentTarget: { value: string } }) => change(currentTarget.value || undefined),
  }
  return (schema.maxLength ?? 0) > 400 && !schema.format ? (
    <TextArea {...given} rows={4} />
  ) : (
    <Input {...given} autocomplete="off" spellcheck={false} />
  )
}

/** A number; of cents, in dollars, as people say it. */
export function NumberField({ schema, pointer, value, change, ...rest }: Field) {
  const isMoney = rest.name.endsWith('Cents')
  const [text, write] = useTyped({
    value,
    change,
    show: (shown) => (typeof shown === 'number' ? String(isMoney ? shown / 100 : shown) : ''),
    read: (typed) => {
      const number = typed.trim() === '' ? Number.NaN : Number(typed)
      return Number.isNaN(number) ? undefined : isMoney ? Math.round(number * 100) : number
    },
  })
  const told = useTold({ schema, pointer, ...rest })
  return (
    <Input
      {...told}
      label={isMoney ? `${told.label}, in dollars` : told.label}
      type="number"
      step={isMoney ? '0.01' : schema.type === 'integer' ? '1' : 'any'}
      min={schema.minimum === undefined || !isMoney ? schema.minimum : schema.minimum / 100}
      placeholder={textOf(defaultOf(schema))}
      value={text}
      onInput={({ currentTarget }) => write(currentTarget.value)}
    />
  )
}

export function ChoiceField({ schema, pointer, value, change, ...rest }: Field) {
  const preset = textOf(defaultOf(schema))
  const choices = (wordsOf(schema) ?? []).map((word) => ({ value: word, label: choiceWords(word, rest.name) }))
  return (
    <Select
      {...useTold({ schema, pointer, ...rest, isRequired: rest.isRequired || preset !== '' })}
      choices={preset ? choices : [{ value: '', label: 'not said' }, ...choices]}
      value={textOf(value) || preset}
      onChange={({ currentTarget }) => change(currentTarget.value || undefined)}
    />
  )
}

export function BooleanField({ schema, name, pointer, value, change }: Field) {
  const help = helpOf(schema.description)
  return (
    <div class="field">
      <label class="choice">
        <input
          type="checkbox"
          data-pointer={pointer}
          checked={typeof value === 'boolean' ? value : defaultOf(schema) === true}
          onChange={({ currentTarget }) => change(currentTarget.checked)}
        />
        <span>
          {labelOf(name)}
          {help && <span class="help"> {help}</span>}
        </span>
      </label>
    </div>
  )
}

/** Lines of text, one for each. */
export function LinesField({ schema, pointer, value, change, ...rest }: Field) {
  const told = useTold({ schema, pointer, ...rest })
  const [text, write] = useTyped({
    value,
    change,
    show: (shown) => itemsOf(shown).map(textOf).join('\n'),
    read: (typed) => {
      const lines = typed.split('\n').map((line) => line.trim())
      const given = lines.filter((line) => line !== '')
      return given.length > 0 ? given : undefined
    },
  })
  return (
    <TextArea
      {...told}
      help={[told.help, 'One to a line.'].filter(Boolean).join(' ')}
      rows={3}
      value={text}
      onInput={({ currentTarget }) => write(currentTarget.value)}
    />
  )
}

/** What the API takes where nothing is said. */
function defaultOf({ default: taken }: Field['schema']): Json | undefined {
  const read = z.json().safeParse(taken)
  return read.success ? read.data : undefined
}

type Telling = Pick<Field, 'schema' | 'name' | 'pointer' | 'isRequired' | 'label'>
/** What a field says of itself, and what is wrong with it. */
export function useTold({ schema, name, pointer, isRequired, label = labelOf(name) }: Telling) {
  return {
    label: isRequired ? label : `${label} (optional)`,
    help: helpOf(schema.description),
    fault: useFaultWithin(pointer),
    'data-pointer': pointer,
  }
}
