import type { JSX } from 'preact'
import { RequestShapeField } from '../../delivery/shape/request-shape-field.tsx'
import { ResponseRulesField } from '../../delivery/shape/response-rules-field.tsx'
import { RuleField } from '../../routing/rule-field.tsx'
import { type FieldProps, type ResolvedFieldProps, useEditor } from '../editor-context.ts'
import { type FormSchema, itemSchema, type ResolvedSchema } from '../record-schema.ts'
import { EnumListField } from './checkbox-group.tsx'
import { EndpointField } from './endpoint-field.tsx'
import { KindField } from './kind-field.tsx'
import { GroupField, ListField } from './nested-fields.tsx'
import { BooleanField, ChoiceField, LinesField, NumberField, OneOrLinesField, TextField } from './plain-fields.tsx'
import { createRecordField, createRecordsField, JsonField, OnReachedField, TimeZoneField } from './special-fields.tsx'

type Widget = (field: ResolvedFieldProps) => JSX.Element

/** Any field of a record, with the widget for its name, schema or type. */
export function ValueField({ schema, ...field }: FieldProps) {
  const { resolve } = useEditor()
  const resolved = resolve(schema)
  const Widget = selectWidget(field.name, resolved, resolve)
  return <Widget schema={resolved} {...field} />
}

const byName: { [name: string]: Widget } = {
  schoolId: createRecordField('schools'),
  slug: createRecordField('careers'),
  programIds: createRecordsField('programs'),
  careerSlugs: createRecordsField('careers'),
  onReached: OnReachedField,
}

const bySchema: { [named: string]: Widget } = {
  Rule: RuleField,
  EndpointInput: EndpointField,
  TimeZone: TimeZoneField,
  RequestShape: RequestShapeField,
  ResponseRules: ResponseRulesField,
}

const byType: { [type: string]: Widget } = {
  string: TextField,
  integer: NumberField,
  number: NumberField,
  boolean: BooleanField,
}

function selectWidget(name: string, schema: ResolvedSchema, resolve: (schema: FormSchema) => ResolvedSchema): Widget {
  const specialWidget = byName[name] ?? bySchema[schema.definitionName ?? '']
  if (specialWidget) return specialWidget
  if (schema.oneOf) return KindField
  if (schema.enum) return ChoiceField
  if (schema.type === 'array') return selectListWidget(resolve(itemSchema(schema)))
  if (schema.type === 'object' && schema.properties) return GroupField
  return byType[String(schema.type)] ?? selectUnionWidget(schema)
}

function selectListWidget(item: ResolvedSchema): Widget {
  if (item.enum) return EnumListField
  return item.type === 'string' ? LinesField : ListField
}

/** A union that allows text, such as optional text or a number or text, is edited as text; one value or a list as lines. */
function selectUnionWidget({ anyOf = [] }: FormSchema): Widget {
  if (anyOf.some((one) => typeof one === 'object' && one.type === 'array')) return OneOrLinesField
  return anyOf.some((one) => typeof one === 'object' && one.type === 'string') ? TextField : JsonField
}
