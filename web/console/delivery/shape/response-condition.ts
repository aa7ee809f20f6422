import { isObject, type Json, type JsonObject, toText, withMember } from '../../catalog/fields/json.ts'

export const ruleMeanings = ['accepted', 'rejected', 'duplicate'] as const
export type RuleMeaning = (typeof ruleMeanings)[number]
export const responsePlaces = ['reason', 'reference', 'price'] as const
export type ResponsePlaceName = (typeof responsePlaces)[number]

/** How a condition finds what it compares. */
export type ConditionPlace = 'path' | 'after' | 'status'
export type ConditionComparison = 'equals' | 'contains'

/** Whether the fields of the form can show a condition without losing anything of it. */
export function isSimpleCondition(condition: Json): boolean {
  if (!isObject(condition)) return false
  return Object.entries(condition).every(([name, value]) =>
    name === 'status' ? typeof value === 'number' : simpleMembers.includes(name) && typeof value !== 'object',
  )
}

const simpleMembers = ['path', 'after', 'before', 'equals', 'contains']

export function getPlace(condition: JsonObject): ConditionPlace {
  if (condition.after !== undefined) return 'after'
  return condition.path === undefined && condition.status !== undefined ? 'status' : 'path'
}

/** The condition with another kind of place. What does not fit the new place is dropped. */
export function withPlace(condition: JsonObject, place: ConditionPlace): JsonObject {
  const { status, equals, contains } = condition
  const comparison = contains === undefined ? { equals: equals ?? '' } : { contains }
  const atStatus = status === undefined ? {} : { status }
  if (place === 'status') return { status: status ?? 200 }
  return place === 'path' ? { ...atStatus, path: '/', ...comparison } : { ...atStatus, after: '', ...comparison }
}

export function getComparison(condition: JsonObject): ConditionComparison {
  return condition.contains === undefined ? 'equals' : 'contains'
}

export function withComparison(condition: JsonObject, comparison: ConditionComparison, text: string): JsonObject {
  const other = comparison === 'equals' ? 'contains' : 'equals'
  return { ...withMember(condition, other, undefined), [comparison]: text }
}

/** The text that the condition compares with. */
export function getComparedText(condition: JsonObject): string {
  return toText(condition[getComparison(condition)])
}
