import { globSync, readFileSync } from 'node:fs'

export type SourceFile = { path: string; source: string }

/** Every TypeScript file of these folders, by its path from the root of the project. */
export function sourceFiles(...folders: string[]): SourceFile[] {
  const root = new URL('../../', import.meta.url)
  return globSync(
    folders.map((folder) => `${folder}/**/*.{ts,tsx,mjs}`),
    { cwd: root.pathname },
  ).map((path) => ({ path, source: readFileSync(new URL(path, root), 'utf8') }))
}

/** The code alone: what stands in comments is gone, what stands in quotes too where `texts` are to be dropped. */
export function stripComments(source: string, texts: 'kept' | 'dropped'): string {
  return source.replace(commentOrText, (match) => {
    if (match.startsWith('/')) return ''
    return texts === 'kept' ? match : "''"
  })
}

const commentOrText = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g
