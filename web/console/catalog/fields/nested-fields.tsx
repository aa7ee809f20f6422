import { type Field, useEditor } from '../editor-context.ts'
import { itemSchema, kindsOf, partsOf, type Resolved, type Schema } from '../record-schema.ts'
import { labelOf } from '../record-words.ts'
import { Framed } from './framed.tsx'
import { itemsOf, type Json, type JsonObject, membersOf, withItem, withMember } from './json.ts'
import { ValueField } from './value-field.tsx'

/** Fields that belong together. What may be left out is added first. */
export function GroupField({ schema, name, pointer, value, change, isRequired, label }: Field) {
  const isThere = value !== undefined || isRequired
  return (
    <Framed title={label ?? labelOf(name)} description={schema.description} pointer={pointer}>
      {isThere && <Members schema={schema} pointer={pointer} value={membersOf(value)} change={change} />}
      <AddOrRemove isThere={value !== undefined} isOptional={!isRequired} name={name} change={change} first={{}} />
    </Framed>
  )
}

type MembersProps = {
  schema: Schema
  pointer: string
  value: JsonObject
  change: (next: Json | undefined) => void
  names?: readonly string[]
}
/** The fields of an object, or some of them. */
export function Members({ schema, pointer, value, change, names }: MembersProps) {
  const parts = partsOf(schema).filter(
    ([name, { const: fixed }]) => fixed === undefined && (names?.includes(name) ?? true),
  )
  const sorted = names ? parts.sort(([one], [other]) => names.indexOf(one) - names.indexOf(other)) : parts
  return (
    <>
      {sorted.map(([name, part]) => (
        <ValueField
          key={name}
          schema={part}
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
export function ListField({ schema, name, pointer, value, change }: Field) {
  const { resolve } = useEditor()
  const items = itemsOf(value)
  const item = resolve(itemSchema(schema))
  const label = labelOf(name)
  const one = label.replace(/s$/, '').toLowerCase()
  const add = () => change([...items, emptyOf(item, resolve)])
  const remove = (at: number) => {
    const left = withItem(items, at, undefined)
    change(left.length > 0 ? left : undefined)
  }
  return (
    <Framed title={label} description={schema.description} pointer={pointer}>
      {items.map((each, at) => (
        <div key={at} class="item">
          <ValueField
            schema={item}
            name={name}
            label={`${one} ${at + 1}`}
            pointer={`${pointer}/${at}`}
            value={each}
            change={(next) => change(withItem(items, at, next ?? {}))}
            isRequired
          />
          <button type="button" class="plain" onClick={() => remove(at)}>
            Remove {one} {at + 1}
          </button>
        </div>
      ))}
      <button type="button" class="button second" onClick={add}>
        Add {article(one)} {one}
      </button>
    </Framed>
  )
}

type AddOrRemoveProps = {
  isThere: boolean
  isOptional: boolean
  name: string
  change: (next: Json | undefined) => void
  first: Json
}
export function AddOrRemove({ isThere, isOptional, name, change, first }: AddOrRemoveProps) {
  if (!isOptional) return null
  const what = labelOf(name).toLowerCase()
  return isThere ? (
    <button type="button" class="plain" onClick={() => change(undefined)}>
      Remove {what}
    </button>
  ) : (
    <button type="button" class="button second" onClick={() => change(first)}>
      Set {what}
    </button>
  )
}

function emptyOf(item: Resolved, resolve: (schema: Schema) => Resolved): Json {
  const [kind] = kindsOf(item, resolve).keys()
  return kind === undefined ? {} : { kind }
}

function article(word: string): string {
  return /^[aeiou]/.test(word) ? 'an' : 'a'
}
