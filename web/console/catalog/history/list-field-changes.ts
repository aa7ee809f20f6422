import { isObject, type Json, type JsonObject } from '../fields/json.ts'

/** One difference between two versions of a record. Absent `before` or `after`: the field was not set. */
export type FieldChange = { pointer: string } & (
  | { kind: 'value'; before: Json | undefined; after: Json | undefined }
  | { kind: 'list'; added: readonly Json[]; removed: readonly Json[] }
)

/** A rule is read as one sentence, not node by node. */
const wholeFields = new Set(['rules'])

/** Lists what differs between two versions of a record, field by field. A field that stays is left out. */
export function listFieldChanges(before: JsonObject, after: JsonObject, parent = ''): FieldChange[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].flatMap((name) =>
    compareValues(`${parent}/${name}`, before[name], after[name], wholeFields.has(name)),
  )
}

function compareValues(
  pointer: string,
  before: Json | undefined,
  after: Json | undefined,
  isWhole = false,
): FieldChange[] {
  if (isSame(before, after)) return []
  if (!isWhole && isObject(before) && isObject(after)) return listFieldChanges(before, after, pointer)
  if (!isWhole && Array.isArray(before) && Array.isArray(after)) return compareLists(pointer, before, after)
  return [{ pointer, kind: 'value', before, after }]
}

/** Items that stay are left out; of the others, objects at the same place are compared field by field. */
function compareLists(pointer: string, before: readonly Json[], after: readonly Json[]): FieldChange[] {
  const removed = withoutItems(before, after)
  const added = withoutItems(after, before)
  if (removed.length === 0 && added.length === 0) return [{ pointer, kind: 'list', added, removed }]
  const pairCount = Math.min(removed.length, added.length)
  const areObjects = [...removed, ...added].every(({ item }) => isObject(item))
  if (!areObjects)
    return [{ pointer, kind: 'list', added: added.map(({ item }) => item), removed: removed.map(({ item }) => item) }]
  return [
    ...added
      .slice(0, pairCount)
      .flatMap(({ item, index }, pair) => compareValues(`${pointer}/${index}`, removed[pair]?.item, item)),
    ...removed.slice(pairCount).flatMap(({ item, index }) => compareValues(`${pointer}/${index}`, item, undefined)),
    ...added.slice(pairCount).flatMap(({ item, index }) => compareValues(`${pointer}/${index}`, undefined, item)),
  ]
}

/** The items, with their places, that the other list does not have. Each item of the other list counts once. */
function withoutItems(items: readonly Json[], others: readonly Json[]): { item: Json; index: number }[] {
  const remaining = others.map(toComparable)
  return items.flatMap((item, index) => {
    const match = remaining.indexOf(toComparable(item))
    if (match < 0) return [{ item, index }]
    remaining.splice(match, 1)
    return []
  })
}

function isSame(one: Json | undefined, other: Json | undefined): boolean {
  return toComparable(one) === toComparable(other)
}

/** JSON with sorted names: the order of names has no meaning. */
function toComparable(value: Json | undefined): string {
  return JSON.stringify(value ?? null, (_, inner: Json) =>
    isObject(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  )
}
