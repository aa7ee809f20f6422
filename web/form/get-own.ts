/** The value of a record's own key; undefined for `constructor` and the like. Safari before 15.4 has no `Object.hasOwn`. */
export function getOwn<Value>(record: { readonly [key: string]: Value }, key: string): Value | undefined {
  return new Map(Object.entries(record)).get(key)
}
