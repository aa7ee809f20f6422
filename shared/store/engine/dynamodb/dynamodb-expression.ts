import type { Condition, Item, Value } from '../engine.ts'
import { wellFormed } from '../well-formed.ts'

export type Expression = ReturnType<typeof expression>

/** Collects the names and values that the texts of one call stand for. */
export function expression() {
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
      values[placeholder] = wellFormed(value)
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

/** A condition as DynamoDB words it, blind to expiry. */
export function conditionText(condition: Condition, said: Expression): string {
  if ('exists' in condition) return presence(condition.exists, said.name('pk'))
  if ('all' in condition) return joined(condition.all, ' AND ', said)
  if ('any' in condition) return joined(condition.any, ' OR ', said)
  const name = said.name(condition.attribute)
  if ('values' in condition) return `${name} IN (${condition.values.map(said.value).join(', ')})`
  if (!('value' in condition)) return presence(condition.is === 'present', name)
  return `${name} ${operators[condition.is]} ${said.value(condition.value)}`
}

/** DynamoDB refuses redundant parentheses, so one alone gets none. */
function joined(conditions: readonly Condition[], word: string, said: Expression) {
  const [first = '', ...rest] = conditions.map((each) => conditionText(each, said))
  return rest.length === 0 ? first : [first, ...rest].map((text) => `(${text})`).join(word)
}

const operators = { equal: '=', below: '<', 'at-most': '<=', above: '>', 'at-least': '>=' }

const presence = (there: boolean, name: string) => `${there ? 'attribute_exists' : 'attribute_not_exists'}(${name})`
