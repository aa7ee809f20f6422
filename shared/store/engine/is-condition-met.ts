import type { Condition, Item } from './engine.ts'
import { compareText } from './text-order.ts'

/** Whether a condition is true for an item, or for no item. Comparisons across types are false. */
export function isConditionMet(condition: Condition, item: Item | undefined): boolean {
  if ('exists' in condition) return condition.exists === (item !== undefined)
  if ('all' in condition) return condition.all.every((each) => isConditionMet(each, item))
  if ('any' in condition) return condition.any.some((each) => isConditionMet(each, item))
  const actual = item && Object.hasOwn(item, condition.attribute) ? item[condition.attribute] : undefined
  if ('values' in condition) return condition.values.some((value) => compareValues(actual, value) === 0)
  if (!('value' in condition)) return (condition.is === 'present') === (actual !== undefined)
  const difference = compareValues(actual, condition.value)
  return difference !== undefined && comparisons[condition.is](difference)
}

const comparisons = {
  equal: (difference: number) => difference === 0,
  below: (difference: number) => difference < 0,
  'at-most': (difference: number) => difference <= 0,
  above: (difference: number) => difference > 0,
  'at-least': (difference: number) => difference >= 0,
}

function compareValues(actual: unknown, value: string | number | boolean) {
  if (typeof actual === 'string' && typeof value === 'string') return compareText(actual, value)
  if (typeof actual === 'number' && typeof value === 'number') return actual - value
  return actual === value ? 0 : undefined
}
