import { useId, useState } from 'preact/hooks'
import { fullSampleLead } from '#shared/domain/delivery/sample-event.ts'
import { Field, Select } from '../../../app/components/field.tsx'
import { appText } from '../../../app/text/app-text.ts'
import { type ResolvedFieldProps, useFaultWithin, useFieldText } from '../../catalog/editor-context.ts'
import { Fieldset } from '../../catalog/fields/fieldset.tsx'
import { type Json, type JsonObject, toObject, toText, withMember } from '../../catalog/fields/json.ts'
import { JsonField } from '../../catalog/fields/special-fields.tsx'
import { requestShapeText } from '../../text/shape-text.ts'
import { RowsField } from './rows-field.tsx'
import { isSimpleShape, listTemplates } from './shape-rows.ts'

const templates = listTemplates(JSON.parse(JSON.stringify(fullSampleLead.data)))

/** The request that a school gets instead of the standard one: its fields are chosen and renamed, its values mapped. JSON for nested fields. */
export function RequestShapeField(field: ResolvedFieldProps) {
  const { pointer, value, change } = field
  const { label, help } = useFieldText(pointer)
  const fault = useFaultWithin(pointer)
  const shape = toObject(value)
  const [isJson, setJson] = useState(!isSimpleShape(shape))
  const suggestions = useId()
  if (isJson)
    return (
      <>
        <JsonField {...field} />
        {isSimpleShape(shape) && (
          <button type="button" class="plain" onClick={() => setJson(false)}>
            {requestShapeText.asFields}
          </button>
        )}
      </>
    )
  const setMember = (name: string, next: Json | undefined) => change(withMember(shape, name, next))
  return (
    <Fieldset title={appText.optional(label)} help={help} pointer={pointer}>
      {fault && <p class="fault">{fault}</p>}
      {value === undefined ? (
        <button type="button" class="button second" onClick={() => change(firstShape)}>
          {requestShapeText.add}
        </button>
      ) : (
        <>
          <datalist id={suggestions}>
            {templates.map((template) => (
              <option key={template} value={template} />
            ))}
          </datalist>
          <Select
            label={requestShapeText.format}
            choices={toChoices(requestShapeText.formats)}
            value={toText(shape.format)}
            onChange={({ currentTarget }) => setMember('format', currentTarget.value)}
          />
          <Select
            label={requestShapeText.method}
            choices={['POST', 'PUT', 'PATCH']}
            value={toText(shape.method) || 'POST'}
            onChange={({ currentTarget }) => setMember('method', currentTarget.value)}
          />
          {shape.format === 'xml' && (
            <Field
              label={requestShapeText.root}
              autocomplete="off"
              value={toText(shape.root)}
              onInput={({ currentTarget }) => setMember('root', currentTarget.value || undefined)}
            />
          )}
          <RowsField
            title={requestShapeText.fields.title}
            help={requestShapeText.fields.help}
            texts={requestShapeText.fields}
            value={toObject(shape.fields)}
            change={(next) => setMember('fields', next)}
            suggestions={suggestions}
          />
          <RowsField
            title={requestShapeText.headers.title}
            help={requestShapeText.headers.help}
            texts={requestShapeText.headers}
            value={toHeaderTexts(toObject(shape.headers))}
            change={(next) => setMember('headers', Object.keys(next).length > 0 ? fromHeaderTexts(next) : undefined)}
          />
          <Maps value={toObject(shape.maps)} change={(next) => setMember('maps', next)} />
          <button type="button" class="plain" onClick={() => change(undefined)}>
            {requestShapeText.remove}
          </button>
        </>
      )}
      <button type="button" class="plain" onClick={() => setJson(true)}>
        {requestShapeText.asJson}
      </button>
    </Fieldset>
  )
}

type MapsProps = { value: JsonObject; change: (next: JsonObject | undefined) => void }

/** Lists that replace values of a lead by those of the school, each used by `lookup`. */
function Maps({ value, change }: MapsProps) {
  const [newName, setNewName] = useState('')
  const remove = (name: string) => {
    const next = withMember(value, name, undefined)
    change(Object.keys(next).length > 0 ? next : undefined)
  }
  return (
    <>
      {Object.entries(value).map(([name, entries]) => (
        <div key={name}>
          <RowsField
            title={requestShapeText.maps.title(name)}
            help={requestShapeText.maps.help(name)}
            texts={requestShapeText.maps}
            value={toObject(entries)}
            change={(next) => change({ ...value, [name]: next })}
          />
          <button type="button" class="plain" onClick={() => remove(name)}>
            {requestShapeText.maps.removeMap(name)}
          </button>
        </div>
      ))}
      <div class="shape-row">
        <Field
          label={requestShapeText.maps.newName}
          help={requestShapeText.maps.newHelp}
          autocomplete="off"
          value={newName}
          onInput={({ currentTarget }) => setNewName(currentTarget.value)}
        />
        <button
          type="button"
          class="button second"
          aria-disabled={newName === '' || value[newName] !== undefined}
          onClick={() => {
            if (newName === '' || value[newName] !== undefined) return
            change({ ...value, [newName]: {} })
            setNewName('')
          }}
        >
          {requestShapeText.maps.addMap}
        </button>
      </div>
    </>
  )
}

const secretPrefix = 'secret:'

/** A header secret is written as `secret:` and its name. */
function toHeaderTexts(headers: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(headers).map(([name, header]) => {
      const { secret } = toObject(header)
      return [name, secret === undefined ? toText(header) : `${secretPrefix}${toText(secret)}`]
    }),
  )
}

function fromHeaderTexts(texts: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => {
      const written = toText(text)
      return [name, written.startsWith(secretPrefix) ? { secret: written.slice(secretPrefix.length) } : written]
    }),
  )
}

const firstShape: JsonObject = {
  format: 'json',
  fields: {
    first_name: '{{ contact.firstName }}',
    last_name: '{{ contact.lastName }}',
    email: '{{ contact.email }}',
    phone: '{{ contact.phone }}',
    zip: '{{ contact.zip }}',
    program: '{{ program.name }}',
    test: '{{ test }}',
  },
}

function toChoices(labels: { readonly [value: string]: string }) {
  return Object.entries(labels).map(([value, label]) => ({ value, label }))
}
