type Fields = { [field: string]: unknown }

/** Returns the value at a JSON pointer; undefined if there is none. */
export function getField(body: Fields, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce((value: unknown, name) => (isNestedObject(value) ? value[name] : undefined), body)
}

/** Sets the value at a JSON pointer; `undefined` removes it. */
export function setField(body: Fields, pointer: string, value: unknown): void {
  const [name = '', ...inner] = pointer.split('/').slice(1)
  if (inner.length === 0) {
    if (value === undefined) delete body[name]
    else body[name] = value
    return
  }
  const parent = body[name]
  const copy = isNestedObject(parent) ? { ...parent } : {}
  setField(copy, `/${inner.join('/')}`, value)
  body[name] = copy
}

export function isNestedObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** An object of which every cell was empty, such as a place, is left out. */
export function dropEmptyObjects(body: Fields): Fields {
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) => {
      if (!isNestedObject(value)) return [[name, value]]
      const inner = dropEmptyObjects(value)
      return Object.values(inner).every((each) => each === undefined) ? [] : [[name, inner]]
    }),
  )
}
