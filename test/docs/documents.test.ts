import { existsSync, globSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { program } from '#cli/ops/program.ts'
import { attentionItem } from '#shared/domain/reporting/attention.ts'
import { sourceFiles } from '#test/architecture/source-files.ts'
import { optionalPrograms } from '#test/find-missing-programs.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const documents = globSync(['*.md', 'docs/**/*.md'], { cwd: root })
const { scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))
const npmCommands = ['ci', 'install', 'start', 'test', 'exec', 'run', 'pack']
const wordLimit = 1500

describe.each(documents)('%s', (path) => {
  const text = readFileSync(root + path, 'utf8')

  it('names only commands that exist', () => {
    expect(findCommands(text).flatMap(findCommandFault)).toEqual([])
  })

  it('links only to files that exist', () => {
    const targets = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, target = '']) => target)
    expect(targets.filter((target) => !existsSync(root + posix.join(posix.dirname(path), target)))).toEqual([])
  })

  it('names only stack outputs that exist', () => {
    const outputs = sourceFiles('infra').flatMap(({ source }) =>
      [...source.matchAll(/new CfnOutput\(\w+, '(\w+)'/g)].map(([, name]) => name),
    )
    const named = [...text.matchAll(/(?:output |<output |<)`?([A-Z]\w*(?:Arn|Table|Url|Domain|Bucket))\b/g)].map(
      ([, name]) => name,
    )
    expect(named.filter((name) => !outputs.includes(name))).toEqual([])
  })
})

it('docs/testing.md lists each program that a machine may lack, with its package', () => {
  const rows = readFileSync(`${root}docs/testing.md`, 'utf8')
    .split('\n')
    .map((line) => line.split('|').map((cell): string[] => cell.match(/[\w.-]+/g) ?? []))
  const missingPrograms = Object.entries(optionalPrograms).filter(
    ([name, debianPackage]) =>
      !rows.some(([, programs, , packages]) => programs?.includes(name) && packages?.includes(debianPackage)),
  )
  expect(missingPrograms).toEqual([])
})

it('docs/one-machine.md says when each alert begins', () => {
  const text = readFileSync(`${root}docs/one-machine.md`, 'utf8')
  const rows = text.split('\n').filter((line) => line.startsWith('| `'))
  const codes = attentionItem.shape.code.options
  expect(codes.filter((code) => !rows.some((row) => row.includes(`\`${code}\``)))).toEqual([])
})

describe('decision records', () => {
  it('have a number of their own each, which their title repeats', () => {
    const files = globSync('docs/decisions/*.md', { cwd: root })
    const numbers = files.map((path) => posix.basename(path).slice(0, 4))
    expect(numbers.filter((number, position) => numbers.indexOf(number) !== position)).toEqual([])
    for (const path of files)
      expect(readFileSync(root + path, 'utf8')).toContain(`# ${posix.basename(path).slice(0, 4)}. `)
  })
})

describe('README.md', () => {
  it(`has at most ${wordLimit} words`, () => {
    expect(readFileSync(`${root}README.md`, 'utf8').split(/\s+/).length).toBeLessThanOrEqual(wordLimit)
  })
})

describe('the check of commands', () => {
  it.each([
    'npm run nonsense',
    'npm run ops -- leads burn',
    'npm run ops -- leads list --colour red',
    'node docs/receivers/none.ts',
  ])('detects: %s', (command) => {
    expect(findCommandFault(command)).toHaveLength(1)
  })
})

/** Commands in code blocks and in code spans. */
function findCommands(text: string): string[] {
  const blocks = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
    block.replaceAll('\\\n', ' ').split('\n'),
  )
  const spans = [...text.replace(/```[\s\S]*?```/g, '').matchAll(/`([^`]+)`/g)].map(([, span = '']) =>
    span.replaceAll('\n', ' '),
  )
  return [...blocks, ...spans]
    .flatMap((line) => line.split(' #')[0]?.split(' && ') ?? [])
    .map((command) => command.trim().replace(/^(?:[A-Z_]+=\S* )+/, ''))
    .filter((command) => /^(?:npm|npx|node) /.test(command) && !command.includes('...'))
}

/** What is wrong with a command: an unknown script, file, ops command or option. */
function findCommandFault(command: string): string[] {
  const [tool, ...words] = command.split(' ')
  if (tool === 'node') {
    const file = words.find((word) => !word.startsWith('-')) ?? ''
    // Schools copy a receiver, so its name has no folder there.
    return existsSync(root + file) || existsSync(`${root}docs/receivers/${file}`) ? [] : [`${command}: no file ${file}`]
  }
  if (tool === 'npx') return existsSync(`${root}node_modules/.bin/${words[0]}`) ? [] : [`${command}: not installed`]
  const args = words.filter((word) => word !== '--silent')
  const [verb = '', script = ''] = args
  if (!npmCommands.includes(verb)) return [`${command}: no npm command ${verb}`]
  if (verb !== 'run' || script === '') return []
  if (!Object.hasOwn(scripts, script)) return [`${command}: no script ${script}`]
  return script === 'ops' && args[2] === '--' ? findOpsFault(command, args.slice(3)) : []
}

function findOpsFault(command: string, words: readonly string[]): string[] {
  let current: Command = program
  for (const word of words) {
    const child = current.commands.find((candidate) => candidate.name() === word)
    if (!child) break
    current = child
  }
  const isPlaceholder = words.length === 0 || /^[<-]/.test(words[0] ?? '')
  if (current === program && !isPlaceholder) return [`${command}: no such ops command`]
  const isGroup = current.commands.length > 0 && current !== program
  const subcommand = words[1]
  if (isGroup && subcommand !== undefined && !subcommand.startsWith('-') && subcommand !== '>')
    return [`${command}: no such ops command`]
  const knownOptions = [...current.options, ...program.options].map(({ long }) => long)
  return words
    .filter((word) => /^--[a-z]/.test(word) && word !== '--help' && !knownOptions.includes(word))
    .map((option) => `${command}: no option ${option}`)
}
