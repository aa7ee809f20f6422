import * as z from 'zod'
import { instant } from '../vocabulary.ts'
import type { Operator } from './rule-fields.ts'

/** What a field holds; of words, which there are. */
export type RuleFieldValues =
  | { of: 'texts' | 'numbers' | 'instants' | 'yes-no' | 'anything' }
  | { of: 'words'; words: readonly string[] }
type FindFault = (value: string | number | boolean, op: Operator) => string | undefined
/** What may be compared with a field, and why something may not. */
export type Comparable = { values: RuleFieldValues; findFault: FindFault }

const digits = {
  some: createTexts(/^\d{1,5}$/, 'the first digits of a ZIP code, as text'),
  all: createTexts(/^\d{5}$/, 'a ZIP code of five digits, as text'),
}
export const zips: Comparable = {
  values: { of: 'texts' },
  findFault: (value, op) => (op === 'prefix' ? digits.some : digits.all).findFault(value, op),
}
export const numbers: Comparable = {
  values: { of: 'numbers' },
  findFault: (value) => (typeof value === 'number' ? undefined : 'must be a number'),
}
export const instants: Comparable = {
  values: { of: 'instants' },
  findFault: (value) =>
    z.safeParse(instant, value).success ? undefined : 'must be a UTC instant, such as 2026-11-23T15:04:05Z',
}
export const yesOrNo: Comparable = {
  values: { of: 'yes-no' },
  findFault: (value) => (typeof value === 'boolean' ? undefined : 'must be true or false'),
}
export const anything: Comparable = { values: { of: 'anything' }, findFault: () => undefined }

export function createWords(words: readonly string[]): Comparable {
  return {
    values: { of: 'words', words },
    findFault: (value) =>
      words.includes(String(value))
        ? undefined
        : `must be one of ${words.length > 12 ? 'the known codes' : words.join(', ')}`,
  }
}

export function createTexts(form: RegExp, description: string): Comparable {
  const findFault = (value: string | number | boolean) =>
    typeof value === 'string' && form.test(value) ? undefined : `must be ${description}`
  return { values: { of: 'texts' }, findFault }
}
