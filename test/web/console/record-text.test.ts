import { describe, expect, it } from 'vitest'
import { recordKinds } from '#shared/contract/catalog/records.ts'
import { findFieldText, toFieldFaults } from '#web/console/catalog/field-faults.ts'
import {
  type FormSchema,
  getRecordSchema,
  getVariantsByKind,
  itemSchema,
  listProperties,
  type RecordSchema,
  type ResolvedSchema,
} from '#web/console/catalog/record-schema.ts'
import type { FieldTexts } from '#web/console/text/records/field-text.ts'
import { recordFieldTexts } from '#web/console/text/records/record-text.ts'

describe.each(recordKinds)('text of the %s editor', (kind) => {
  const schema = getRecordSchema(kind)
  const texts = recordFieldTexts[kind]
  const fields = listFields(schema.root, schema)

  it('has a label and help for every field', () => {
    expect(fields.length).toBeGreaterThan(5)
    expect(fields.filter(({ pointer }) => !hasText(pointer, texts)).map(({ pointer }) => pointer)).toEqual([])
  })

  it('has a label for every choice except postal codes of states', () => {
    const unlabeled = fields.flatMap(({ pointer, choices }) => {
      const labels = findFieldText(pointer, texts)?.choices ?? {}
      return choices.filter((choice) => !(choice in labels)).map((choice) => `${pointer} ${choice}`)
    })
    expect(unlabeled.filter((name) => !/^\/(states|place\/state) [A-Z]{2}$/.test(name))).toEqual([])
  })

  it.each(['required', 'invalid_type', 'too_small', 'too_big', 'invalid_format', 'invalid_value', 'custom'])(
    'shows a sentence of its own for every field that the API refuses with the code %s',
    (code) => {
      const errors = fields.map(({ pointer }) => ({ pointer, code, detail: 'Too small: expected string' }))
      for (const { pointer, message } of toFieldFaults(errors, schema, texts))
        expect(message, pointer).toMatch(/^(?!.*(Too |Invalid |xpected)).+\.$/)
    },
  )

  it('detects: a field without a label', () => {
    expect(hasText(fields[0]?.pointer ?? '', {})).toBe(false)
  })
})

function hasText(pointer: string, texts: FieldTexts): boolean {
  const text = findFieldText(pointer, texts)
  return text !== undefined && text.label !== '' && text.help !== ''
}

type Field = { pointer: string; choices: readonly string[] }
// The console edits these as a rule or as JSON, without a field for each property.
const edited = ['Rule', 'RequestShape', 'ResponseRules']

function listFields(object: ResolvedSchema, schema: RecordSchema, parent = ''): Field[] {
  return listProperties(object).flatMap(([name, property]) => {
    const pointer = `${parent}/${name}`
    const resolved = schema.resolve(property)
    const item = resolved.type === 'array' ? schema.resolve(itemSchema(resolved)) : resolved
    const variants = getVariantsByKind(item, schema.resolve)
    if (name === 'kind' && resolved.const !== undefined) return [{ pointer, choices: [String(resolved.const)] }]
    if (edited.includes(resolved.definitionName ?? '')) return [{ pointer, choices: [] }]
    const children = [item, ...variants.values()].flatMap((each: FormSchema) => listFields(each, schema, pointer))
    return [{ pointer, choices: (item.enum ?? []).map(String) }, ...children]
  })
}
