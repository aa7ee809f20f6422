import { useState } from 'preact/hooks'
import { editorText } from '../../text/records/record-text.ts'
import { type ResolvedFieldProps, useEditor, useFieldText } from '../editor-context.ts'
import { findFieldText } from '../field-faults.ts'
import {
  type FormSchema,
  getVariantsByKind,
  itemSchema,
  listProperties,
  type ResolvedSchema,
} from '../record-schema.ts'
import { Fieldset } from './fieldset.tsx'
import { type Json, type JsonObject, toArray, toObject, withItem, withMember } from './json.ts'
import { ValueField } from './value-field.tsx'

/** An object. If it is optional, a button adds it. */
export function GroupField({ schema, pointer, value, change, isRequired, label }: ResolvedFieldProps) {
  const text = useFieldText(pointer)
  const isPresent = value !== undefined || isRequired
  return (
    <Fieldset title={label ?? text.label} help={label ? undefined : text.help} pointer={pointer}>
      {isPresent && <ObjectFields schema={schema} pointer={pointer} value={toObject(value)} change={change} />}
      <AddOrRemove
        isPresent={value !== undefined}
        isOptional={!isRequired}
        label={text.label}
        change={change}
        initialValue={{}}
      />
    </Fieldset>
  )
}

type ObjectFieldsProps = {
  schema: FormSchema
  pointer: string
  value: JsonObject
  change: (next: Json | undefined) => void
  names?: readonly string[]
}
/** The fields of an object, or only those in `names`. */
export function ObjectFields({ schema, pointer, value, change, names }: ObjectFieldsProps) {
  const properties = listProperties(schema).filter(
    ([name, { const: fixed }]) => fixed === undefined && (names?.includes(name) ?? true),
  )
  const sorted = names ? properties.sort(([one], [other]) => names.indexOf(one) - names.indexOf(other)) : properties
  const { texts, faults } = useEditor()
  const isFolded = (name: string) => {
    const fieldPointer = `${pointer}/${name}`
    const hasFault = faults.some((fault) => `${fault.pointer}/`.startsWith(`${fieldPointer}/`))
    return value[name] === undefined && !hasFault && findFieldText(fieldPointer, texts)?.isAdvanced === true
  }
  // A field stays where it is while it is edited.
  const [foldedNames] = useState(() => sorted.map(([name]) => name).filter(isFolded))
  const renderField = ([name, property]: (typeof sorted)[number]) => (
    <ValueField
      key={name}
      schema={property}
      name={name}
      pointer={`${pointer}/${name}`}
      value={value[name]}
      change={(next) => change(withMember(value, name, next))}
      isRequired={schema.required?.includes(name) ?? false}
    />
  )
  const folded = sorted.filter(([name]) => foldedNames.includes(name))
  return (
    <>
      {sorted.filter(([name]) => !foldedNames.includes(name)).map(renderField)}
      {folded.length > 0 && (
        <details open={folded.some(([name]) => !isFolded(name)) || undefined}>
          <summary>{editorText.advanced}</summary>
          <div class="group">{folded.map(renderField)}</div>
        </details>
      )}
    </>
  )
}

/** A list of objects. */
export function ListField({ schema, name, pointer, value, change }: ResolvedFieldProps) {
  const { resolve } = useEditor()
  const items = toArray(value)
  const item = resolve(itemSchema(schema))
  const text = useFieldText(pointer)
  const itemName = text.item ?? ''
  const add = () => change([...items, createEmptyItem(item, resolve)])
  const remove = (index: number) => {
    const remaining = withItem(items, index, undefined)
    change(remaining.length > 0 ? remaining : undefined)
  }
  return (
    <Fieldset title={text.label} help={text.help} pointer={pointer}>
      {items.map((each, index) => (
        <div key={index} class="item">
          <ValueField
            schema={item}
            name={name}
            label={editorText.item(itemName, index + 1)}
            pointer={`${pointer}/${index}`}
            value={each}
            change={(next) => change(withItem(items, index, next ?? {}))}
            isRequired
          />
          <button type="button" class="plain" onClick={() => remove(index)}>
            {editorText.removeItem(itemName, index + 1)}
          </button>
        </div>
      ))}
      <button type="button" class="button second" onClick={add}>
        {editorText.addItem(itemName)}
      </button>
    </Fieldset>
  )
}

type AddOrRemoveProps = {
  isPresent: boolean
  isOptional: boolean
  label: string
  change: (next: Json | undefined) => void
  initialValue: Json
}
export function AddOrRemove({ isPresent, isOptional, label, change, initialValue }: AddOrRemoveProps) {
  if (!isOptional) return null
  return isPresent ? (
    <button type="button" class="plain" onClick={() => change(undefined)}>
      {editorText.removeGroup(label)}
    </button>
  ) : (
    <button type="button" class="button second" onClick={() => change(initialValue)}>
      {editorText.addGroup(label)}
    </button>
  )
}

function createEmptyItem(item: ResolvedSchema, resolve: (schema: FormSchema) => ResolvedSchema): Json {
  const [kind] = getVariantsByKind(item, resolve).keys()
  return kind === undefined ? {} : { kind }
}
