import { educationLevels, modality, startWindows, states } from '../vocabulary.ts'
import type { Reason } from './reasons.ts'
import {
  anything,
  createTexts,
  createWords,
  instants,
  numbers,
  type Operator,
  operators,
  type RuleFieldValues,
  type RuleValue,
  type ValueType,
  yesOrNo,
  zips,
} from './rule-values.ts'

/** A field that rules can test: how its values are compared, and the reason code of a test that fails. */
export type RuleField = {
  reason: Reason
  operators: readonly Operator[]
  values: RuleFieldValues
  label(name: string): string
  /** Returns why the field cannot be compared with this value, or undefined if it can. */
  findValueFault(op: Operator, value: RuleValue): string | undefined
  holds(op: Operator, actual: RuleValue, value: RuleValue): boolean
}

/** Returns the field with this name, or undefined. `answers.`, `subIds.` and `utm.` accept any member name. */
export function findField(name: string): RuleField | undefined {
  if (Object.hasOwn(fields, name)) return fields[name]
  return families.find(([prefix]) => name.startsWith(prefix) && memberNamePattern.test(name.slice(prefix.length)))?.[1]
}

const memberNamePattern = /^(?!constructor$|__proto__$)[A-Za-z0-9_.-]{1,40}$/

const fields: { [name: string]: RuleField } = {
  'contact.zip': createField('ZIP', ['equals', 'in', 'prefix'], zips),
  state: createField('STATE', ['equals', 'in'], createWords(states)),
  age: createField('AGE', ['equals', 'in', 'between', 'at-least', 'at-most'], numbers),
  'education.highestLevel': createOrderedField('EDUCATION_LEVEL', educationLevels),
  startWindow: createOrderedField('START_WINDOW', startWindows),
  modality: createField('MODALITY', ['equals', 'in'], createWords(modality.options)),
  military: createField('MILITARY', ['equals'], yesOrNo),
  gpa: createField('GPA', ['equals', 'between', 'at-least', 'at-most'], numbers),
  source: createField('CUSTOM_RULE', ['equals', 'in', 'prefix'], createTexts(/./, 'the id of a source')),
  career: createField('CUSTOM_RULE', ['equals', 'in'], createTexts(/./, 'the slug of a career')),
  time: createRankedField(createField('CUSTOM_RULE', ['between', 'at-least', 'at-most'], instants), (at) =>
    Date.parse(String(at)),
  ),
}

const families: [prefix: string, RuleField][] = [
  ['answers.', createField('QUESTION', operators, anything)],
  ['subIds.', createField('CUSTOM_RULE', ['equals', 'in', 'prefix'], createTexts(/./, 'text'))],
  ['utm.', createField('CUSTOM_RULE', ['equals', 'in', 'prefix'], createTexts(/./, 'text'))],
]

/** The names of all fields, and the prefixes of the families. */
export const fieldNames: readonly string[] = [...Object.keys(fields), ...families.map(([prefix]) => prefix)]

function createField(reason: Reason, fieldOperators: readonly Operator[], { values, findFault }: ValueType): RuleField {
  return {
    reason,
    operators: fieldOperators,
    values,
    label: (name) => name,
    findValueFault: (op, value) =>
      findShapeFault(op, value) ??
      toList(value)
        .map((scalar) => findFault(scalar, op))
        .find(Boolean) ??
      findRangeFault(op, toList(value)),
    holds: (op, actual, value) => compare(op, actual, toList(value)),
  }
}

/** A field whose words are ordered: "at least associate" means associate, bachelor, master or doctorate. */
function createOrderedField(reason: Reason, words: readonly string[]): RuleField {
  const baseField = createField(reason, ['equals', 'in', 'between', 'at-least', 'at-most'], createWords(words))
  return createRankedField(baseField, (word) => words.indexOf(String(word)))
}

/** A field whose values are compared by rank: words by their position in a list, instants by time. */
function createRankedField(field: RuleField, toRank: (value: RuleValue) => number): RuleField {
  return {
    ...field,
    findValueFault: (op, value) => field.findValueFault(op, value) ?? findRangeFault(op, toList(value).map(toRank)),
    holds: (op, actual, value) => compare(op, toRank(actual), toList(value).map(toRank)),
  }
}

function compare(op: Operator, actual: RuleValue, values: readonly (string | number | boolean)[]): boolean {
  const [first, second] = values
  if (first === undefined) return false
  const has = (value: RuleValue) => (Array.isArray(actual) ? actual.some((one) => one === value) : actual === value)
  switch (op) {
    case 'equals':
    case 'contains':
      return has(first)
    case 'in':
      return values.some(has)
    case 'prefix':
      return typeof actual === 'string' && values.some((value) => actual.startsWith(String(value)))
    case 'at-least':
      return typeof actual === typeof first && actual >= first
    case 'at-most':
      return typeof actual === typeof first && actual <= first
    case 'between':
      return second !== undefined && typeof actual === typeof first && actual >= first && actual <= second
  }
}

function findShapeFault(op: Operator, value: RuleValue): string | undefined {
  if (op === 'in') return Array.isArray(value) ? undefined : 'must be a list'
  if (op === 'between')
    return Array.isArray(value) && value.length === 2 ? undefined : 'must be a list of two: from, to'
  if (op === 'prefix') return undefined
  return Array.isArray(value) ? 'must be one value, not a list' : undefined
}

function findRangeFault(op: Operator, [from, to]: readonly (string | number | boolean)[]): string | undefined {
  const isReversed = op === 'between' && typeof from === 'number' && typeof to === 'number' && to < from
  return isReversed ? 'must be a list of two: from, to' : undefined
}

function toList(value: RuleValue): (string | number | boolean)[] {
  return Array.isArray(value) ? value : [value]
}
