import type { RecordKind } from '#shared/contract/catalog/records.ts'
import { formatMoney, formatNumber } from '../../../app/format.ts'
import { describeRule } from '../../routing/rule-nodes.ts'
import { changesText } from '../../text/audit-text.ts'
import type { FieldTexts } from '../../text/records/field-text.ts'
import { toWords } from '../../to-words.ts'
import { findFieldText, formatPointer } from '../field-faults.ts'
import { isObject, type Json } from '../fields/json.ts'

/** Such as `Caps, 2, Limit`. A name without a label is split into words: `grantedAt` becomes `Granted at`. */
export function formatFieldLabel(pointer: string, texts: FieldTexts): string {
  return formatPointer(pointer, { ...changesText.otherFields, ...texts })
    .split(', ')
    .map((label) => (/^[a-z]+[A-Z]/.test(label) || /^[a-z]+$/.test(label) ? toWords(label) : label))
    .join(', ')
}

export type ValueContext = {
  texts: FieldTexts
  /** The names of records, by ID. */
  names: { readonly [kind in Exclude<RecordKind, 'sources'>]?: ReadonlyMap<string, string> }
}

/** The value of a field of a record, in the words of its form. */
export function formatFieldValue(value: Json | undefined, pointer: string, context: ValueContext): string {
  if (value === undefined || value === null || value === '') return changesText.notSet
  if (/\/rules$/.test(pointer)) return describeRule(value)
  if (typeof value === 'boolean') return value ? changesText.yes : changesText.no
  if (typeof value === 'number') return formatAmount(value, pointer)
  if (typeof value === 'string') return formatText(value, pointer, context)
  if (Array.isArray(value))
    return value.length === 0
      ? changesText.empty
      : value.map((item, index) => formatFieldValue(item, `${pointer}/${index}`, context)).join('; ')
  if (!isObject(value)) return ''
  return Object.entries(value)
    .map(([name, member]) => {
      const inner = `${pointer}/${name}`
      const label = formatFieldLabel(inner, context.texts).split(', ').at(-1) ?? name
      return changesText.member(label, formatFieldValue(member, inner, context))
    })
    .join(', ')
}

function formatAmount(value: number, pointer: string): string {
  if (pointer.endsWith('Cents')) return formatMoney(value)
  // A year or a small count reads better without separators.
  return Math.abs(value) < 10_000 ? String(value) : formatNumber(value)
}

function formatText(value: string, pointer: string, { texts, names }: ValueContext): string {
  const kind = referenceKinds.find(({ field }) => field.test(pointer))?.kind
  const name = kind && names[kind]?.get(value)
  return name ?? findFieldText(pointer, texts)?.choices?.[value] ?? value
}

const referenceKinds = [
  { field: /^\/schoolId$/, kind: 'schools' },
  { field: /^\/programIds(\/|$)/, kind: 'programs' },
  { field: /^\/careerSlugs(\/|$)|^\/relatedCareers\/\d+\/slug$/, kind: 'careers' },
  { field: /\/fallback$/, kind: 'campaigns' },
] as const
