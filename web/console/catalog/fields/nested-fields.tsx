import { type ResolvedFieldProps, useEditor } from '../editor-context.ts'
import { getFieldLabel } from '../record-labels.ts'
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

/** Fields that belong together. What may be left out is added first. */
export function GroupField({ schema, name, pointer, value, change, isRequired, label }: ResolvedFieldProps) {
  const isPresent = value !== undefined || isRequired
  return (
    <Fieldset title={label ?? getFieldLabel(name)} description={schema.description} pointer={pointer}>
      {isPresent && <ObjectFields schema={schema} pointer={pointer} value={toObject(value)} change={change} />}
      <AddOrRemove
        isPresent={value !== undefined}
        isOptional={!isRequired}
        name={name}
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
/** The fields of an object, or some of them. */
export function ObjectFields({ schema, pointer, value, change, names }: ObjectFieldsProps) {
  const properties = listProperties(schema).filter(
    ([name, { const: fixed }]) => fixed === undefined && (names?.includes(name) ?? true),
  )
  const sorted = names ? properties.sort(([one], [other]) => names.indexOf(one) - names.indexOf(other)) : properties
  return (
    <>
      {sorted.map(([name, property]) => (
        <ValueField
          key={name}
          schema={property}
          name={name}
          pointer={`${pointer}/${name}`}
          value={value[name]}
          change={(next) => change(withMember(value, name, next))}
          isRequired={schema.required?.includes(name) ?? false}
        />
      ))}
    </>
  )
}

/** Things of one form, one after the other. */
export function ListField({ schema, name, pointer, value, change }: ResolvedFieldProps) {
  const { resolve } = useEditor()
  const items = toArray(value)
  const item = resolve(itemSchema(schema))
  const label = getFieldLabel(name)
  const singular = label.replace(/s$/, '').toLowerCase()
  const add = () => change([...items, createEmptyItem(item, resolve)])
  const remove = (index: number) => {
    const remaining = withItem(items, index, undefined)
    change(remaining.length > 0 ? remaining : undefined)
  }
  return (
    <Fieldset title={label} description={schema.description} pointer={pointer}>
      {items.map((each, index) => (
        <div key={index} class="item">
          <ValueField
            schema={item}
            name={name}
            label={`${singular} ${index + 1}`}
            pointer={`${pointer}/${index}`}
            value={each}
            change={(next) => change(withItem(items, index, next ?? {}))}
            isRequired
          />
          <button type="button" class="plain" onClick={() => remove(index)}>
            Remove {singular} {index + 1}
          </button>
        </div>
      ))}
      <button type="button" class="button second" onClick={add}>
        Add {article(singular)} {singular}
      </button>
    </Fieldset>
  )
}

type AddOrRemoveProps = {
  isPresent: boolean
  isOptional: boolean
  name: string
  change: (next: Json | undefined) => void
  initialValue: Json
}
export function AddOrRemove({ isPresent, isOptional, name, change, initialValue }: AddOrRemoveProps) {
  if (!isOptional) return null
  const what = getFieldLabel(name).toLowerCase()
  return isPresent ? (
    <button type="button" class="plain" onClick={() => change(undefined)}>
      Remove {what}
    </button>
  ) : (
    <button type="button" class="button second" onClick={() => change(initialValue)}>
      Set {what}
    </button>
  )
}

function createEmptyItem(item: ResolvedSchema, resolve: (schema: FormSchema) => ResolvedSchema): Json {
  const [kind] = getVariantsByKind(item, resolve).keys()
  return kind === undefined ? {} : { kind }
}

function article(word: string): string {
  return /^[aeiou]/.test(word) ? 'an' : 'a'
}
