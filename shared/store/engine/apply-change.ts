import { EngineMisuse, type Item, type Key, type Row, type Write } from './engine.ts'

type Change = Extract<Write, { change: Key }>

/** Returns the item after a change; an absent item starts with its key only. */
export function applyChange(before: Item | undefined, { change: { pk, sk }, set, add = {}, remove = [] }: Change): Row {
  const after: Item = { ...before, ...set }
  for (const [name, step] of Object.entries(add)) after[name] = addNumber(name, after[name], step)
  for (const name of remove) delete after[name]
  return { ...after, pk, sk }
}

function addNumber(name: string, value: unknown = 0, step: number) {
  if (typeof value !== 'number') throw new EngineMisuse(`${name} is to grow but is no number`)
  return value + step
}
