import { educationLevels, modality, startWindows, states } from '../vocabulary.ts'
import type { Reason } from './reasons.ts'
import {
  anything,
  type Comparable,
  instants,
  numbers,
  oneOf,
  texts,
  type Values,
  yesOrNo,
  zips,
} from './rule-values.ts'
import type { RuleValue } from './rules.ts'

export const operators = ['equals', 'in', 'prefix', 'contains', 'between', 'at-least', 'at-most'] as const
export type Operator = (typeof operators)[number]

/** A field that rules may test: how it compares, and the reason code of a test that fails. */
export type Field = {
  reason: Reason
  operators: readonly Operator[]
  values: Values
  label(name: string): string
  /** Why this value cannot be compared with, or nothing where it can. */
  faultOfValue(op: Operator, value: RuleValue): string | undefined
  holds(op: Operator, given: RuleValue, value: RuleValue): boolean
}

/** The field of that name; `answers.*`, `subIds.*` and `utm.*` are open families. */
export function fieldNamed(name: string): Field | undefined {
  if (Object.hasOwn(fields, name)) return fields[name]
  return families.find(([prefix]) => name.startsWith(prefix) && memberName.test(name.slice(prefix.length)))?.[1]
}

const memberName = /^(?!constructor$|__proto__$)[A-Za-z0-9_.-]{1,40}$/

const fields: { [name: string]: Field } = {
  'contact.zip': compared('ZIP', ['equals', 'in', 'prefix'], zips),
  state: compared('STATE', ['equals', 'in'], oneOf(states)),
  age: compared('AGE', ['equals', 'in', 'between', 'at-least', 'at-most'], numbers),
  'education.highestLevel': ordered('EDUCATION_LEVEL', educationLevels),
  startWindow: ordered('START_WINDOW', startWindows),
  modality: compared('MODALITY', ['equals', 'in'], oneOf(modality.options)),
  military: compared('MILITARY', ['equals'], yesOrNo),
  gpa: compared('GPA', ['equals', 'between', 'at-least', 'at-most'], numbers),
  source: compared('CUSTOM_RULE', ['equals', 'in', 'prefix'], texts(/./, 'the id of a source')),
  career: compared('CUSTOM_RULE', ['equals', 'in'], texts(/./, 'the slug of a career')),
  time: placed(compared('CUSTOM_RULE', ['between', 'at-least', 'at-most'], instants), (at) => Date.parse(String(at))),
}

const families: [prefix: string, Field][] = [
  ['answers.', compared('QUESTION', operators, anything)],
  ['subIds.', compared('CUSTOM_RULE', ['equals', 'in', 'prefix'], texts(/./, 'text'))],
  ['utm.', compared('CUSTOM_RULE', ['equals', 'in', 'prefix'], texts(/./, 'text'))],
]

/** Every field, and every open family by what its names begin with. */
export const fieldNames: readonly string[] = [...Object.keys(fields), ...families.map(([prefix]) => prefix)]

function compared(reason: Reason, allowed: readonly Operator[], { values, faultOf }: Comparable): Field {
  return {
    reason,
    operators: allowed,
    values,
    label: (name) => name,
    faultOfValue: (op, value) =>
      faultOfShape(op, value) ??
      list(value)
        .map((one) => faultOf(one, op))
        .find(Boolean) ??
      faultOfSpan(op, list(value)),
    holds: (op, given, value) => compare(op, given, list(value)),
  }
}

/** A field whose words have an order: "at least associate" means associate, bachelor, master or doctorate. */
function ordered(reason: Reason, words: readonly string[]): Field {
  const plain = compared(reason, ['equals', 'in', 'between', 'at-least', 'at-most'], oneOf(words))
  return placed(plain, (word) => words.indexOf(String(word)))
}

/** A field whose values are compared by their place: words in an order, instants in time however they are written. */
function placed(field: Field, place: (value: RuleValue) => number): Field {
  return {
    ...field,
    faultOfValue: (op, value) => field.faultOfValue(op, value) ?? faultOfSpan(op, list(value).map(place)),
    holds: (op, given, value) => compare(op, place(given), list(value).map(place)),
  }
}

function compare(op: Operator, given: RuleValue, values: readonly (string | number | boolean)[]): boolean {
  const [first, second] = values
  if (first === undefined) return false
  const has = (value: RuleValue) => (Array.isArray(given) ? given.some((one) => one === value) : given === value)
  switch (op) {
    case 'equals':
    case 'contains':
      return has(first)
    case 'in':
      return values.some(has)
    case 'prefix':
      return typeof given === 'string' && values.some((value) => given.startsWith(String(value)))
    case 'at-least':
      return typeof given === typeof first && given >= first
    case 'at-most':
      return typeof given === typeof first && given <= first
    case 'between':
      return second !== undefined && typeof given === typeof first && given >= first && given <= second
  }
}

function faultOfShape(op: Operator, value: RuleValue): string | undefined {
  if (op === 'in') return Array.isArray(value) ? undefined : 'must be a list'
  if (op === 'between')
    return Array.isArray(value) && value.length === 2 ? undefined : 'must be a list of two: from, to'
  if (op === 'prefix') return undefined
  return Array.isArray(value) ? 'must be one value, not a list' : undefined
}

function faultOfSpan(op: Operator, [from, to]: readonly (string | number | boolean)[]): string | undefined {
  const backwards = op === 'between' && typeof from === 'number' && typeof to === 'number' && to < from
  return backwards ? 'must be a list of two: from, to' : undefined
}

function list(value: RuleValue): (string | number | boolean)[] {
  return Array.isArray(value) ? value : [value]
}
