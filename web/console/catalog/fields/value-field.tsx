import type { JSX } from 'preact'
import { RuleField } from '../../routing/rule-field.tsx'
import { type At, type Field, useEditor } from '../editor-context.ts'
import { itemSchema, type Resolved, type Schema } from '../record-schema.ts'
import { WordsField } from './boxes.tsx'
import { JsonField, OnReachedField, recordField, recordsField, TimeZoneField } from './chosen-fields.tsx'
import { KindField } from './kind-field.tsx'
import { GroupField, ListField } from './nested-fields.tsx'
import { BooleanField, ChoiceField, LinesField, NumberField, TextField } from './plain-fields.tsx'

type Widget = (field: Field) => JSX.Element

/** Any field of a record: what its name, its schema or its type asks for. */
export function ValueField({ schema, ...field }: At) {
  const { resolve } = useEditor()
  const resolved = resolve(schema)
  const Widget = widgetFor(field.name, resolved, resolve)
  return <Widget schema={resolved} {...field} />
}

const byName: { [name: string]: Widget } = {
  schoolId: recordField('schools'),
  slug: recordField('careers'),
  programIds: recordsField('programs'),
  careerSlugs: recordsField('careers'),
  onReached: OnReachedField,
}

const bySchema: { [named: string]: Widget } = {
  Rule: RuleField,
  TimeZone: TimeZoneField,
  RequestShape: JsonField,
  ResponseRules: JsonField,
}

const byType: { [type: string]: Widget } = {
  string: TextField,
  integer: NumberField,
  number: NumberField,
  boolean: BooleanField,
}

function widgetFor(name: string, schema: Resolved, resolve: (schema: Schema) => Resolved): Widget {
  const chosen = byName[name] ?? bySchema[schema.named ?? '']
  if (chosen) return chosen
  if (schema.oneOf) return KindField
  if (schema.enum) return ChoiceField
  if (schema.type === 'array') return widgetOfList(resolve(itemSchema(schema)))
  if (schema.type === 'object' && schema.properties) return GroupField
  return byType[String(schema.type)] ?? widgetOfUnion(schema)
}

function widgetOfList(item: Resolved): Widget {
  if (item.enum) return WordsField
  return item.type === 'string' ? LinesField : ListField
}

/** Text that may be left out is a union with nothing; a number or a sentence is typed as text. */
function widgetOfUnion({ anyOf = [] }: Schema): Widget {
  return anyOf.some((one) => typeof one === 'object' && one.type === 'string') ? TextField : JsonField
}
