import { createRequire, registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'

/**
 * Generators print code with the compiler of TypeScript 5, which TypeScript 7 does not have. After this call `typescript`
 * is the copy that one development package brings.
 */
export function lendTypescript5(): void {
  const typescript5 = createRequire(import.meta.resolve('@arethetypeswrong/core')).resolve('typescript')
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'typescript'
        ? { url: pathToFileURL(typescript5).href, shortCircuit: true }
        : next(specifier, context),
  })
}
