import { useId, useState } from 'preact/hooks'
import { Field as Input, Select, TextArea } from '#web/app/components/field.tsx'
import { type ResolvedFieldProps, useEditor } from '../editor-context.ts'
import { toChoices } from '../names.tsx'
import { toHelpText } from '../record-labels.ts'
import { CheckboxGroup } from './checkbox-group.tsx'
import { isObject, type Json, toArray, toText } from './json.ts'
import { useFieldProps } from './plain-fields.tsx'

/** One record of another kind. */
export function createRecordField(kind: 'schools' | 'campaigns' | 'careers') {
  return function RecordField({ value, change, ...rest }: ResolvedFieldProps) {
    const { names } = useEditor()
    const id = toText(value)
    const knownChoices = toChoices(names[kind])
    // What is not known (yet) is still what stands there.
    const choices = id === '' || names[kind].has(id) ? knownChoices : [{ value: id, label: id }, ...knownChoices]
    return (
      <Select
        {...useFieldProps(rest)}
        choices={[{ value: '', label: 'Choose …' }, ...choices]}
        value={id}
        onChange={({ currentTarget }) => change(currentTarget.value || undefined)}
      />
    )
  }
}

/** Some records of another kind. */
export function createRecordsField(kind: 'programs' | 'careers') {
  return function RecordsField({ value, change, ...rest }: ResolvedFieldProps) {
    const { names } = useEditor()
    const missing = toArray(value)
      .map(toText)
      .filter((id) => !names[kind].has(id))
    const choices = [...toChoices(names[kind]), ...missing.map((id) => ({ value: id, label: id }))]
    return <CheckboxGroup {...useFieldProps(rest)} choices={choices} value={value} change={change} />
  }
}

const timeZones = Intl.supportedValuesOf('timeZone')

export function TimeZoneField({ value, change, ...rest }: ResolvedFieldProps) {
  const list = useId()
  return (
    <>
      <Input
        {...useFieldProps(rest)}
        help={toHelpText(rest.schema.description) ?? 'Such as America/Chicago.'}
        list={list}
        value={toText(value)}
        autocomplete="off"
        onInput={({ currentTarget }) => change(currentTarget.value || undefined)}
      />
      <datalist id={list}>
        {timeZones.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </>
  )
}

/** What happens when a cap is reached: passed over, parked, or another campaign stands in. */
export function OnReachedField({ value, change, name, pointer }: ResolvedFieldProps) {
  const { names } = useEditor()
  const fieldProps = useFieldProps({ schema: {}, name, pointer, isRequired: true })
  const fallbackId = isObject(value) ? toText(value.fallback) : undefined
  const options = [
    { value: 'skip', label: 'pass the campaign over' },
    { value: 'park', label: 'park: offer the lead again when the window ends' },
    { value: 'fallback', label: 'let another campaign stand in' },
  ]
  return (
    <>
      <Select
        {...fieldProps}
        choices={options}
        value={fallbackId === undefined ? toText(value) || 'skip' : 'fallback'}
        onChange={({ currentTarget: { value: option } }) => change(option === 'fallback' ? { fallback: '' } : option)}
      />
      {fallbackId !== undefined && (
        <Select
          label="Campaign that stands in"
          choices={[{ value: '', label: 'Choose …' }, ...toChoices(names.campaigns)]}
          value={fallbackId}
          onChange={({ currentTarget }) => change({ fallback: currentTarget.value })}
        />
      )}
    </>
  )
}

/** What has no fields of its own, such as templates: as JSON, which is read as it is typed. */
export function JsonField({ value, change, ...rest }: ResolvedFieldProps) {
  const currentJson = JSON.stringify(value)
  // What was typed counts for as long as nothing took the place of the value that it led to, or that it did not change.
  const [typed, setTyped] = useState({ text: '', json: 'nothing yet' })
  const text = typed.json === currentJson ? typed.text : value === undefined ? '' : JSON.stringify(value, undefined, 2)
  const { isWrong } = readJson(text)
  const fieldProps = useFieldProps(rest)
  const write = (next: string) => {
    const parsed = readJson(next)
    setTyped({ text: next, json: parsed.isWrong ? currentJson : JSON.stringify(parsed.value) })
    if (!parsed.isWrong) change(parsed.value)
  }
  const { example } = rest.schema
  return (
    <TextArea
      {...fieldProps}
      label={`${fieldProps.label}, as JSON`}
      fault={isWrong ? 'This is not JSON yet.' : fieldProps.fault}
      class="code"
      rows={text === '' ? 3 : Math.min(18, text.split('\n').length + 1)}
      spellcheck={false}
      placeholder={example === undefined ? '' : JSON.stringify(example)}
      value={text}
      onInput={({ currentTarget }) => write(currentTarget.value)}
    />
  )
}

function readJson(text: string): { isWrong: false; value: Json | undefined } | { isWrong: true } {
  if (text.trim() === '') return { isWrong: false, value: undefined }
  try {
    return { isWrong: false, value: JSON.parse(text) }
  } catch {
    return { isWrong: true }
  }
}
