import { globSync, readFileSync } from 'node:fs'

export type SourceFile = { path: string; source: string }

/** Every source file below these folders; `path` is relative to the root of the project. */
export function sourceFiles(...folders: string[]): SourceFile[] {
  const root = new URL('../../', import.meta.url)
  return globSync(
    folders.map((folder) => `${folder}/**/*.{ts,tsx,mjs}`),
    { cwd: root.pathname },
  ).map((path) => ({ path, source: readFileSync(new URL(path, root), 'utf8') }))
}

/** Returns the source without comments, and with empty string literals if `texts` is `dropped`. */
export function stripComments(source: string, texts: 'preserved' | 'dropped'): string {
  return source.replace(commentOrText, (match) => {
    if (match.startsWith('/')) return ''
    return texts === 'preserved' ? match : "''"
  })
}

const commentOrText = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g
