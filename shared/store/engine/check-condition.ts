import { type Condition, EngineMisuse } from './engine.ts'
import { itemBytes, nameBytes } from './item-bytes.ts'
import { limits } from './limits.ts'

/** What a part of an expression comes to at most, in bytes, once names and values are placeholders. */
export const textBytes = { change: 16, comparison: 32, listed: 7, group: 4 } as const

/** How long the condition's expression may get. Throws `EngineMisuse` on what DynamoDB cannot compare. */
export function conditionBytes(condition: Condition): number {
  if ('exists' in condition) return 2 * textBytes.comparison
  if ('all' in condition) return groupBytes(condition.all)
  if ('any' in condition) return groupBytes(condition.any)
  nameBytes(condition.attribute)
  if ('values' in condition) return oneOfBytes(condition.attribute, condition.values)
  if (!('value' in condition)) return textBytes.comparison
  if (typeof condition.value === 'boolean' && condition.is !== 'equal') {
    throw new EngineMisuse(`${condition.attribute} is compared by order with a boolean`)
  }
  itemBytes({ [condition.attribute]: condition.value })
  return textBytes.comparison
}

function groupBytes(conditions: readonly Condition[]) {
  if (conditions.length === 0) throw new EngineMisuse('all or any of no conditions')
  return conditions.reduce((bytes, condition) => bytes + textBytes.group + conditionBytes(condition), 0)
}

function oneOfBytes(attribute: string, values: readonly (string | number)[]) {
  if (values.length === 0 || values.length > limits.oneOfValues) {
    throw new EngineMisuse(`${attribute} is one of none or of more than ${limits.oneOfValues} values`)
  }
  for (const value of values) itemBytes({ [attribute]: value })
  return textBytes.comparison + values.length * textBytes.listed
}
