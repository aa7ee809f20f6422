import { parseImports, resolveImport } from './import-rules.ts'
import type { SourceFile } from './source-files.ts'

/** Returns each group of files that import each other in a circle, type imports included, as its sorted paths. */
export function findImportCycles(files: readonly SourceFile[]): string[][] {
  const paths = new Set(files.map(({ path }) => path))
  const importsByPath = new Map(
    files.map(({ path, source }) => [
      path,
      parseImports(source).flatMap(({ from }) => {
        const target = resolveImport(path, from)
        return target !== undefined && paths.has(target) ? [target] : []
      }),
    ]),
  )
  return findStronglyConnected(importsByPath)
    .filter((group) => group.length > 1 || importsByPath.get(group[0] ?? '')?.includes(group[0] ?? ''))
    .map((group) => group.toSorted())
    .toSorted()
}

/** Tarjan's algorithm. */
function findStronglyConnected(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const indexes = new Map<string, number>()
  const lowLinks = new Map<string, number>()
  const stack: string[] = []
  const groups: string[][] = []
  const visit = (node: string): void => {
    indexes.set(node, indexes.size)
    lowLinks.set(node, indexes.get(node) ?? 0)
    stack.push(node)
    for (const target of edges.get(node) ?? []) {
      if (!indexes.has(target)) visit(target)
      if (stack.includes(target))
        lowLinks.set(node, Math.min(lowLinks.get(node) ?? 0, lowLinks.get(target) ?? Number.POSITIVE_INFINITY))
    }
    if (lowLinks.get(node) === indexes.get(node)) groups.push(stack.splice(stack.indexOf(node)))
  }
  for (const node of edges.keys()) if (!indexes.has(node)) visit(node)
  return groups
}
