import * as z from 'zod'
import { instant } from '../vocabulary.ts'

export const operators = ['equals', 'in', 'prefix', 'contains', 'between', 'at-least', 'at-most'] as const
export type Operator = (typeof operators)[number]

const scalar = z.union([z.string().max(500), z.number(), z.boolean()])
export const ruleValue = z.union([scalar, z.array(scalar).min(1).max(5000)])
export type RuleValue = z.output<typeof ruleValue>

/** The values that a field can have, for the rule editor: a type, or the list of its words. */
export type RuleFieldValues =
  | { of: 'texts' | 'numbers' | 'instants' | 'yes-no' | 'anything' }
  | { of: 'words'; words: readonly string[] }
/** A type of value. `findFault` returns why a rule cannot compare it with `value`, or undefined if it can. */
export type ValueType = {
  values: RuleFieldValues
  findFault: (value: string | number | boolean, op: Operator) => string | undefined
}

const zipPrefixes = createTexts(/^\d{1,5}$/, 'the first digits of a ZIP code, as text')
const fullZips = createTexts(/^\d{5}$/, 'a 5-digit ZIP code, as text')
export const zips: ValueType = {
  values: { of: 'texts' },
  findFault: (value, op) => (op === 'prefix' ? zipPrefixes : fullZips).findFault(value, op),
}
export const numbers: ValueType = {
  values: { of: 'numbers' },
  findFault: (value) => (typeof value === 'number' ? undefined : 'must be a number'),
}
export const instants: ValueType = {
  values: { of: 'instants' },
  findFault: (value) =>
    z.safeParse(instant, value).success ? undefined : 'must be a UTC instant, such as 2026-11-23T15:04:05Z',
}
export const yesOrNo: ValueType = {
  values: { of: 'yes-no' },
  findFault: (value) => (typeof value === 'boolean' ? undefined : 'must be true or false'),
}
export const anything: ValueType = { values: { of: 'anything' }, findFault: () => undefined }

export function createWords(words: readonly string[]): ValueType {
  return {
    values: { of: 'words', words },
    findFault: (value) =>
      words.includes(String(value))
        ? undefined
        : `must be one of ${words.length > 12 ? 'the known codes' : words.join(', ')}`,
  }
}

export function createTexts(form: RegExp, description: string): ValueType {
  const findFault = (value: string | number | boolean) =>
    typeof value === 'string' && form.test(value) ? undefined : `must be ${description}`
  return { values: { of: 'texts' }, findFault }
}
