import { useId, useState } from 'preact/hooks'
import { Field as Input, Select, TextArea } from '#web/app/components/field.tsx'
import { type Field, useEditor } from '../editor-context.ts'
import { choicesOf } from '../names.tsx'
import { helpOf } from '../record-words.ts'
import { Boxes } from './boxes.tsx'
import { isObject, itemsOf, type Json, textOf } from './json.ts'
import { useTold } from './plain-fields.tsx'

/** One record of another kind. */
export function recordField(kind: 'schools' | 'campaigns' | 'careers') {
  return function RecordField({ value, change, ...rest }: Field) {
    const { named } = useEditor()
    const id = textOf(value)
    const known = choicesOf(named[kind])
    // What is not known (yet) is still what stands there.
    const choices = id === '' || named[kind].has(id) ? known : [{ value: id, label: id }, ...known]
    return (
      <Select
        {...useTold(rest)}
        choices={[{ value: '', label: 'Choose …' }, ...choices]}
        value={id}
        onChange={({ currentTarget }) => change(currentTarget.value || undefined)}
      />
    )
  }
}

/** Some records of another kind. */
export function recordsField(kind: 'programs' | 'careers') {
  return function RecordsField({ value, change, ...rest }: Field) {
    const { named } = useEditor()
    const missing = itemsOf(value)
      .map(textOf)
      .filter((id) => !named[kind].has(id))
    const choices = [...choicesOf(named[kind]), ...missing.map((id) => ({ value: id, label: id }))]
    return <Boxes {...useTold(rest)} choices={choices} value={value} change={change} />
  }
}

const timeZones = Intl.supportedValuesOf('timeZone')

export function TimeZoneField({ value, change, ...rest }: Field) {
  const list = useId()
  return (
    <>
      <Input
        {...useTold(rest)}
        help={helpOf(rest.schema.description) ?? 'Such as America/Chicago.'}
        list={list}
        value={textOf(value)}
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
export function OnReachedField({ value, change, name, pointer }: Field) {
  const { named } = useEditor()
  const told = useTold({ schema: {}, name, pointer, isRequired: true })
  const standIn = isObject(value) ? textOf(value.fallback) : undefined
  const ways = [
    { value: 'skip', label: 'pass the campaign over' },
    { value: 'park', label: 'park: offer the lead again when the window ends' },
    { value: 'fallback', label: 'let another campaign stand in' },
  ]
  return (
    <>
      <Select
        {...told}
        choices={ways}
        value={standIn === undefined ? textOf(value) || 'skip' : 'fallback'}
        onChange={({ currentTarget: { value: way } }) => change(way === 'fallback' ? { fallback: '' } : way)}
      />
      {standIn !== undefined && (
        <Select
          label="Campaign that stands in"
          choices={[{ value: '', label: 'Choose …' }, ...choicesOf(named.campaigns)]}
          value={standIn}
          onChange={({ currentTarget }) => change({ fallback: currentTarget.value })}
        />
      )}
    </>
  )
}

/** What has no fields of its own, such as templates: as JSON, which is read as it is typed. */
export function JsonField({ value, change, ...rest }: Field) {
  const stands = JSON.stringify(value)
  // What was typed counts for as long as nothing took the place of the value that it led to, or that it did not change.
  const [typed, setTyped] = useState({ text: '', stands: 'nothing yet' })
  const text = typed.stands === stands ? typed.text : value === undefined ? '' : JSON.stringify(value, undefined, 2)
  const { isWrong } = readJson(text)
  const told = useTold(rest)
  const write = (next: string) => {
    const read = readJson(next)
    setTyped({ text: next, stands: read.isWrong ? stands : JSON.stringify(read.value) })
    if (!read.isWrong) change(read.value)
  }
  const { example } = rest.schema
  return (
    <TextArea
      {...told}
      label={`${told.label}, as JSON`}
      fault={isWrong ? 'This is not JSON yet.' : told.fault}
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
