import { useState } from 'preact/hooks'
import { Select, TextArea } from '#web/app/components/field.tsx'
import { formatZoneName } from '#web/app/format.ts'
import { appText } from '#web/app/text/app-text.ts'
import { editorText, faultText } from '../../text/records/record-text.ts'
import { type ResolvedFieldProps, useEditor, useFieldText } from '../editor-context.ts'
import { toChoices } from '../names.tsx'
import { CheckboxGroup } from './checkbox-group.tsx'
import { isObject, type Json, toArray, toText } from './json.ts'
import { useFieldProps } from './plain-fields.tsx'

/** A reference to one record. */
export function createRecordField(kind: 'schools' | 'campaigns' | 'careers') {
  return function RecordField({ value, change, ...rest }: ResolvedFieldProps) {
    const { names } = useEditor()
    const id = toText(value)
    const knownChoices = toChoices(names[kind])
    // A record whose name is not loaded stays selected by its ID.
    const choices = id === '' || names[kind].has(id) ? knownChoices : [{ value: id, label: id }, ...knownChoices]
    return (
      <Select
        {...useFieldProps(rest)}
        choices={[{ value: '', label: appText.select }, ...choices]}
        value={id}
        onChange={({ currentTarget }) => change(currentTarget.value || undefined)}
      />
    )
  }
}

/** References to several records. */
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

/** The zones of the United States first, as its people name them. */
const commonTimeZones = [
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Phoenix',
  'America/Los_Angeles',
  'America/Anchorage',
  'Pacific/Honolulu',
  'America/Puerto_Rico',
]
const timeZones = [...new Set([...commonTimeZones, ...Intl.supportedValuesOf('timeZone')])]

export function TimeZoneField({ value, change, ...rest }: ResolvedFieldProps) {
  const zone = toText(value)
  const zones = zone === '' || timeZones.includes(zone) ? timeZones : [zone, ...timeZones]
  return (
    <Select
      {...useFieldProps(rest)}
      choices={[{ value: '', label: appText.select }, ...zones.map((id) => ({ value: id, label: formatTimeZone(id) }))]}
      value={zone}
      onChange={({ currentTarget }) => change(currentTarget.value || undefined)}
    />
  )
}

/** Such as `Central Time (America/Chicago)`. */
function formatTimeZone(id: string): string {
  return commonTimeZones.includes(id) ? editorText.timeZone(formatZoneName(id), id) : id
}

/** What happens when a cap is reached: skip, hold, or use a fallback campaign. */
export function OnReachedField({ value, change, pointer }: ResolvedFieldProps) {
  const { names } = useEditor()
  const fieldProps = useFieldProps({ pointer, isRequired: true })
  const { choices = {}, fields = {} } = useFieldText(pointer)
  const fallbackId = isObject(value) ? toText(value.fallback) : undefined
  const options = Object.entries(choices).map(([option, label]) => ({ value: option, label }))
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
          label={fields.fallback?.label ?? ''}
          choices={[{ value: '', label: appText.select }, ...toChoices(names.campaigns)]}
          value={fallbackId}
          onChange={({ currentTarget }) => change({ fallback: currentTarget.value })}
        />
      )}
    </>
  )
}

/** A value without fields of its own, such as a template, edited as JSON. */
export function JsonField({ value, change, ...rest }: ResolvedFieldProps) {
  const currentJson = JSON.stringify(value)
  // The typed text is shown until the value changes to something that the text did not produce.
  const [typed, setTyped] = useState({ text: '', json: 'not typed yet' })
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
      label={editorText.json(fieldProps.label)}
      fault={isWrong ? faultText.json : fieldProps.fault}
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
