import * as z from 'zod'
import { Field as Input, Select, TextArea } from '#web/app/components/field.tsx'
import { appText } from '#web/app/text/app-text.ts'
import { editorText } from '../../text/records/record-text.ts'
import { type ResolvedFieldProps, useFaultWithin, useFieldText } from '../editor-context.ts'
import { getEnumValues } from '../record-schema.ts'
import { type Json, toArray, toText } from './json.ts'
import { useTextInput } from './use-text-input.ts'

/** Text, in several lines if it can be long. Text of a pattern or a format, such as a folder or a URL, has one line. */
export function TextField({ schema, pointer, value, change, ...rest }: ResolvedFieldProps) {
  const inputProps = {
    ...useFieldProps({ pointer, ...rest }),
    value: toText(value),
    maxLength: schema.maxLength,
    onInput: ({ currentTarget }: { currentTarget: { value: string } }) => change(currentTarget.value || undefined),
  }
  if (schema.format === 'password') return <Input {...inputProps} type="password" autocomplete="new-password" />
  const isLong = (schema.maxLength ?? 0) > 400 && !schema.format && !schema.pattern
  return isLong ? (
    <TextArea {...inputProps} rows={4} />
  ) : (
    <Input {...inputProps} autocomplete="off" spellcheck={false} />
  )
}

/** A number. An amount in cents is edited in dollars. */
export function NumberField({ schema, pointer, value, change, ...rest }: ResolvedFieldProps) {
  const isMoney = /[cC]ents$/.test(rest.name)
  const [text, write] = useTextInput({
    value,
    change,
    format: (fieldValue) => (typeof fieldValue === 'number' ? String(isMoney ? fieldValue / 100 : fieldValue) : ''),
    parse: (input) => {
      const number = input.trim() === '' ? Number.NaN : Number(input)
      return Number.isNaN(number) ? undefined : isMoney ? Math.round(number * 100) : number
    },
  })
  const fieldProps = useFieldProps({ pointer, ...rest })
  return (
    <Input
      {...fieldProps}
      label={isMoney ? editorText.money(fieldProps.label) : fieldProps.label}
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
  const labels = useFieldText(pointer).choices ?? {}
  const choices = (getEnumValues(schema) ?? []).map((enumValue) => ({
    value: enumValue,
    label: labels[enumValue] ?? enumValue,
  }))
  return (
    <Select
      {...useFieldProps({ pointer, ...rest, isRequired: rest.isRequired || preset !== '' })}
      choices={preset ? choices : [{ value: '', label: appText.select }, ...choices]}
      value={toText(value) || preset}
      onChange={({ currentTarget }) => change(currentTarget.value || undefined)}
    />
  )
}

export function BooleanField({ schema, pointer, value, change }: ResolvedFieldProps) {
  const { label, help } = useFieldText(pointer)
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
          {label}
          {help && <span class="help"> {help}</span>}
        </span>
      </label>
    </div>
  )
}

/** A list of texts, one per line. */
export function LinesField({ schema, pointer, value, change, ...rest }: ResolvedFieldProps) {
  const fieldProps = useFieldProps({ pointer, ...rest })
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
      help={editorText.linesHelp(fieldProps.help)}
      rows={3}
      value={text}
      onInput={({ currentTarget }) => write(currentTarget.value)}
    />
  )
}

/** One text, or several, one per line. */
export function OneOrLinesField({ value, change, ...field }: ResolvedFieldProps) {
  const changeLines = (lines: Json | undefined) => {
    const [first, ...others] = toArray(lines)
    change(others.length === 0 ? first : lines)
  }
  return <LinesField {...field} value={typeof value === 'string' ? [value] : value} change={changeLines} />
}

/** The default of the API. */
function getDefault({ default: defaultValue }: ResolvedFieldProps['schema']): Json | undefined {
  const parsed = z.json().safeParse(defaultValue)
  return parsed.success ? parsed.data : undefined
}

type FieldPropsInput = Pick<ResolvedFieldProps, 'pointer' | 'isRequired' | 'label'>
/** The label, help and error of a field. */
export function useFieldProps({ pointer, isRequired, label }: FieldPropsInput) {
  const text = useFieldText(pointer)
  const fieldLabel = label ?? text.label
  return {
    label: isRequired ? fieldLabel : appText.optional(fieldLabel),
    help: label ? undefined : text.help,
    fault: useFaultWithin(pointer),
    'data-pointer': pointer,
  }
}
