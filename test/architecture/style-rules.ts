import { posix } from 'node:path'
import { codeOf, type SourceFile } from './source-files.ts'

const mostLines = 150

/** Files that are better read as a whole, and how long each may be. */
const longFiles: { [path: string]: { lines: number; because: string } } = {
  'shared/contract/catalog/records.ts': { lines: 170, because: 'Twenty routes, made from one table and one function.' },
}

/** What the compiler and the linter do not forbid, or could be told to let pass. */
export function styleFaults({ path, source }: SourceFile): string[] {
  const code = codeOf(source, 'dropped').replace(importOrExport, '')
  const found = forbidden.flatMap(({ what, form }) => (form.test(code) ? [`${path} has ${what}`] : []))
  return [...found, ...lengthFaults({ path, source }), ...nameFaults(path)]
}

const importOrExport = /^\s*(?:import|export)\s[^'()=;]*?\bfrom\s*''/gm
const forbidden = [
  { what: 'an any', form: /(?:[:<|&,(=[]\s*|\b(?:as|extends|is)\s+)any\b(?!\s*[:?(])/ },
  { what: 'an as', form: /\sas\s+(?!const\b)/ },
  { what: 'a non-null !', form: /[\w)\]]!(?:[.[;,)}\s]|$)/m },
  { what: 'an enum', form: /\benum\s+\w+\s*\{/ },
  { what: 'a namespace', form: /\bnamespace\s+\w+\s*\{/ },
  { what: 'a require', form: /\brequire\s*\(/ },
  { what: 'a leftover', form: /\b(?:debugger|console\.)/ },
]

export function lengthFaults({ path, source }: SourceFile): string[] {
  const lines = source.trimEnd().split('\n').length
  const most = longFiles[path]?.lines ?? mostLines
  return lines > most ? [`${path} has ${lines} lines; ${most} are the most`] : []
}

export function nameFaults(path: string): string[] {
  const faults: string[] = []
  const { base, dir } = posix.parse(path)
  if (!/^[a-z0-9]+(-[a-z0-9]+)*(\.test)?\.(tsx?|mjs)$/.test(base)) faults.push(`${path} is not in kebab-case`)
  if (base === 'index.ts') faults.push(`${path} is a barrel`)
  for (const folder of dir.split('/'))
    if (/^(utils?|helpers?|types?|services?|dtos?|mappers?|common|lib)$/.test(folder))
      faults.push(`${path} is in a folder that says nothing: ${folder}`)
  return faults
}
