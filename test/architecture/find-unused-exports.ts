import type { SourceFile } from './source-files.ts'
import { stripComments } from './source-files.ts'

/** Returns each exported function, constant or class that no program file names, not even its own, besides the declaration. */
export function findUnusedExports(files: readonly SourceFile[]): string[] {
  const counts = new Map<string, number>()
  const stripped = files.map(({ path, source }) => ({ path, source: stripComments(source, 'preserved') }))
  for (const { source } of stripped)
    for (const word of source.match(/[\w$]+/g) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1)
  return stripped.flatMap(({ path, source }) =>
    [...source.matchAll(/^export (?:async )?(?:function\*?|const|class) (?<name>\w+)/gm)].flatMap(({ groups }) =>
      groups?.name !== undefined && counts.get(groups.name) === 1 ? [`${path} ${groups.name}`] : [],
    ),
  )
}
