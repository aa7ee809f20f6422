import * as z from 'zod'
import { Field as Input, Select, TextArea } from '#web/app/components/field.tsx'
import { type ResolvedFieldProps, useFaultWithin } from '../editor-context.ts'
import { getChoiceLabel, getFieldLabel, toHelpText } from '../record-labels.ts'
import { getEnumValues } from '../record-schema.ts'
import { type Json, toArray, toText } from './json.ts'
import { useTextInput } from './use-text-input.ts'

/** Text; long text where much of it may be. */
export function TextField({ schema, pointer, value, change, ...rest }: ResolvedFieldProps) {
  const inputProps = {
    ...useFieldProps({ schema, pointer, ...rest }),
    value: toText(value),
    maxLength: schema.maxLength,
    onInput: ({ currentTarget }: { currentTarget: { value: string } }) => change(currentTarget.value || undefined),
  }
  return (schema.maxLength ?? 0) > 400 && !schema.format ? (
    <TextArea {...inputProps} rows={4} />
  ) : (
    <Input {...inputProps} autocomplete="off" spellcheck={false} />
  )
}

/** A number; of cents, in dollars, as people say it. */
export function NumberField({ schema, pointer, value, change, ...rest }: ResolvedFieldProps) {
  const isMoney = rest.name.endsWith('Cents')
  const [text, write] = useTextInput({
    value,
    change,
    format: (fieldValue) => (typeof fieldValue === 'number' ? String(isMoney ? fieldValue / 100 : fieldValue) : ''),
    parse: (input) => {
      const number = input.trim() === '' ? Number.NaN : Number(input)
      return Number.isNaN(number) ? undefined : isMoney ? Math.round(number * 100) : number
    },
  })
  const fieldProps = useFieldProps({ schema, pointer, ...rest })
  return (
    <Input
      {...fieldProps}
      label={isMoney ? `${fieldProps.label}, in dollars` : fieldProps.label}
      type="number"
      step={isMoney ? '0.01' : schema.type === 'integer' ? '1' : 'any'}
      min={schema.minimum === undefined || !isMoney ? schema.minimum : schema.minimum / 100}
      placeholder={toText(getDefault(schema))}
      value={text}
      onInput={({ currentTarget }) => write(currentTarget.value)}
    />
  )
}

export function ChoiceField({ schema, pointer, value, change, ...rest }: ResolvedFieldProps) {
  const preset = toText(getDefault(schema))
  const choices = (getEnumValues(schema) ?? []).map((enumValue) => ({
    value: enumValue,
    label: getChoiceLabel(enumValue, rest.name),
  }))
  return (
    <Select
      {...useFieldProps({ schema, pointer, ...rest, isRequired: rest.isRequired || preset !== '' })}
      choices={preset ? choices : [{ value: '', label: 'not said' }, ...choices]}
      value={toText(value) || preset}
      onChange={({ currentTarget }) => change(currentTarget.value || undefined)}
    />
  )
}

export function BooleanField({ schema, name, pointer, value, change }: ResolvedFieldProps) {
  const help = toHelpText(schema.description)
  return (
    <div class="field">
      <label class="choice">
        <input
          type="checkbox"
          data-pointer={pointer}
          checked={typeof value === 'boolean' ? value : getDefault(schema) === true}
          onChange={({ currentTarget }) => change(currentTarget.checked)}
        />
        <span>
          {getFieldLabel(name)}
          {help && <span class="help"> {help}</span>}
        </span>
      </label>
    </div>
  )
}

/** Lines of text, one for each. */
export function LinesField({ schema, pointer, value, change, ...rest }: ResolvedFieldProps) {
  const fieldProps = useFieldProps({ schema, pointer, ...rest })
  const [text, write] = useTextInput({
    value,
    change,
    format: (fieldValue) => toArray(fieldValue).map(toText).join('\n'),
    parse: (input) => {
      const lines = input.split('\n').map((line) => line.trim())
      const nonEmptyLines = lines.filter((line) => line !== '')
      return nonEmptyLines.length > 0 ? nonEmptyLines : undefined
    },
  })
  return (
    <TextArea
      {...fieldProps}
      help={[fieldProps.help, 'One to a line.'].filter(Boolean).join(' ')}
      rows={3}
      value={text}
      onInput={({ currentTarget }) => write(currentTarget.value)}
    />
  )
}

/** What the API takes where nothing is said. */
function getDefault({ default: defaultValue }: ResolvedFieldProps['schema']): Json | undefined {
  const parsed = z.json().safeParse(defaultValue)
  return parsed.success ? parsed.data : undefined
}

type FieldPropsInput = Pick<ResolvedFieldProps, 'schema' | 'name' | 'pointer' | 'isRequired' | 'label'>
/** What a field says of itself, and what is wrong with it. */
export function useFieldProps({ schema, name, pointer, isRequired, label = getFieldLabel(name) }: FieldPropsInput) {
  return {
    label: isRequired ? label : `${label} (optional)`,
    help: toHelpText(schema.description),
    fault: useFaultWithin(pointer),
    'data-pointer': pointer,
  }
}
