import { posix } from 'node:path'
import { type SourceFile, stripComments } from './source-files.ts'

/** A longer file tells more than one story. */
const maxLines = 250

/** Returns the faults that compiler and linter do not report, or that a comment could switch off. */
export function findStyleFaults({ path, source }: SourceFile): string[] {
  const code = stripComments(source, 'dropped').replace(importOrExport, '')
  const faults = forbidden.flatMap(({ what, form }) => (form.test(code) ? [`${path} has ${what}`] : []))
  return [...faults, ...findLengthFaults({ path, source }), ...findNameFaults(path)]
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

const chances = [
  {
    what: 'a negative control that chance may decide: use checkControl',
    form: /\bfc\.check\(|expect\(\s*fc\.assert\(/,
  },
  { what: 'a seed of its own: use testSeed', form: /Date\.now\(\) %|Math\.random\(\) \* 2/ },
]

/** Returns how chance decides in a test what must be certain. */
export function findChanceFaults({ path, source }: SourceFile): string[] {
  if (!path.endsWith('.test.ts')) return []
  const code = stripComments(source, 'dropped')
  return chances.flatMap(({ what, form }) => (form.test(code) ? [`${path} has ${what}`] : []))
}

export function findLengthFaults({ path, source }: SourceFile): string[] {
  const lines = source.trimEnd().split('\n').length
  return lines > maxLines ? [`${path} has ${lines} lines; the limit is ${maxLines}`] : []
}

export function findNameFaults(path: string): string[] {
  const faults: string[] = []
  const { base, dir } = posix.parse(path)
  if (!/^[a-z0-9]+(-[a-z0-9]+)*(\.test|\.d)?\.(tsx?|mjs)$/.test(base)) faults.push(`${path} is not in kebab-case`)
  if (base === 'index.ts') faults.push(`${path} is a barrel`)
  for (const folder of dir.split('/'))
    if (/^(utils?|helpers?|types?|services?|dtos?|mappers?|common|lib)$/.test(folder))
      faults.push(`${path} is in a folder whose name says nothing: ${folder}`)
  return faults
}
