import { countItemBytes, countNameBytes } from './count-item-bytes.ts'
import { type Condition, EngineMisuse } from './engine.ts'
import { limits } from './limits.ts'

/** The maximum size of one part of an expression in bytes, with placeholders for names and values. */
export const textBytes = { change: 16, comparison: 32, listed: 7, group: 4 } as const

/** Returns the maximum size of a condition's expression. @throws EngineMisuse for values that DynamoDB cannot compare. */
export function countConditionBytes(condition: Condition): number {
  if ('exists' in condition) return 2 * textBytes.comparison
  if ('all' in condition) return countGroupBytes(condition.all)
  if ('any' in condition) return countGroupBytes(condition.any)
  countNameBytes(condition.attribute)
  if ('values' in condition) return countOneOfBytes(condition.attribute, condition.values)
  if (!('value' in condition)) return textBytes.comparison
  if (typeof condition.value === 'boolean' && condition.is !== 'equal') {
    throw new EngineMisuse(`${condition.attribute} is compared by order with a boolean`)
  }
  countItemBytes({ [condition.attribute]: condition.value })
  return textBytes.comparison
}

function countGroupBytes(conditions: readonly Condition[]) {
  if (conditions.length === 0) throw new EngineMisuse('all or any of no conditions')
  return conditions.reduce((bytes, condition) => bytes + textBytes.group + countConditionBytes(condition), 0)
}

function countOneOfBytes(attribute: string, values: readonly (string | number)[]) {
  if (values.length === 0 || values.length > limits.oneOfValues) {
    throw new EngineMisuse(`${attribute} is one of none or of more than ${limits.oneOfValues} values`)
  }
  for (const value of values) countItemBytes({ [attribute]: value })
  return textBytes.comparison + values.length * textBytes.listed
}
