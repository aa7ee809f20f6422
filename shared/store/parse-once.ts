import { deepFreeze } from './engine/deep-freeze.ts'

/**
 * Returns a parser that parses a row once for as long as the engine remembers the row. Only such rows are frozen, and so are
 * the results, because callers share them.
 */
export function parseOnce<Input extends object, Output>(parse: (input: Input) => Output): (input: Input) => Output {
  const results = new WeakMap<Input, { output: Output }>()
  return (input) => {
    if (!Object.isFrozen(input)) return parse(input)
    const result = results.get(input) ?? { output: deepFreeze(parse(input)) }
    results.set(input, result)
    return result.output
  }
}
