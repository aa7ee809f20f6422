import type { Condition, Item, Value } from '../engine.ts'
import { toWellFormed } from '../to-well-formed.ts'

export type Expression = ReturnType<typeof createExpression>

/** Collects the attribute names and values behind the placeholders of one call. */
export function createExpression() {
  const names = new Map<string, string>()
  const values: Item = {}
  return {
    name(attribute: string) {
      const placeholder = names.get(attribute) ?? `#${names.size}`
      names.set(attribute, placeholder)
      return placeholder
    },
    value(value: Value) {
      const placeholder = `:${Object.keys(values).length}`
      values[placeholder] = toWellFormed(value)
      return placeholder
    },
    placeholders: () => ({
      ...(names.size > 0 && {
        ExpressionAttributeNames: Object.fromEntries(
          [...names].map(([attribute, placeholder]) => [placeholder, attribute]),
        ),
      }),
      ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
    }),
  }
}

/** Formats a condition as a DynamoDB expression that ignores expiry. */
export function formatCondition(condition: Condition, builder: Expression): string {
  if ('exists' in condition) return formatPresence(condition.exists, builder.name('pk'))
  if ('all' in condition) return joinConditions(condition.all, ' AND ', builder)
  if ('any' in condition) return joinConditions(condition.any, ' OR ', builder)
  const name = builder.name(condition.attribute)
  if ('values' in condition) return `${name} IN (${condition.values.map(builder.value).join(', ')})`
  if (!('value' in condition)) return formatPresence(condition.is === 'present', name)
  return `${name} ${operators[condition.is]} ${builder.value(condition.value)}`
}

/** A single condition gets no parentheses, because DynamoDB rejects redundant ones. */
function joinConditions(conditions: readonly Condition[], word: string, builder: Expression) {
  const [first = '', ...rest] = conditions.map((each) => formatCondition(each, builder))
  return rest.length === 0 ? first : [first, ...rest].map((text) => `(${text})`).join(word)
}

const operators = { equal: '=', below: '<', 'at-most': '<=', above: '>', 'at-least': '>=' }

const formatPresence = (isPresent: boolean, name: string) =>
  `${isPresent ? 'attribute_exists' : 'attribute_not_exists'}(${name})`
