import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { program } from '#cli/ops/program.ts'
import { exitCodes } from '#cli/ops/stop.ts'

const leaves = listLeaves(program)

describe.each(leaves.map((leaf) => [leaf.path.join(' '), leaf] as const))('ops %s', (_, { command, path }) => {
  it('has a description and valid examples', () => {
    expect(command.description()).toMatch(/\.$/)
    const lines = parseExamples(renderHelp(command))
    expect(lines.length).toBeGreaterThan(0)
    for (const line of lines) {
      expect(line.split(' ').slice(0, path.length).join(' ')).toBe(path.join(' '))
      expect(findUnknownOptions(line, command)).toEqual([])
    }
  })
})

describe('ops --help', () => {
  it('detects: an example with an unknown option', () => {
    const { command } = leaves.find(({ path }) => path.join(' ') === 'leads list') ?? { command: program }
    expect(findUnknownOptions('leads list --colour red --day 2026-11-23', command)).toEqual(['--colour'])
  })

  it('lists the same exit codes as docs/commands.md', () => {
    const docs = readFileSync(new URL('../../docs/commands.md', import.meta.url), 'utf8')
    for (const { code, means } of Object.values(exitCodes)) {
      expect(renderHelp(program)).toContain(`  ${code}  ${means}`)
      expect(docs).toContain(`| ${code} | ${means} |`)
    }
  })

  it('lists the same commands as docs/commands.md', () => {
    const docs = readFileSync(new URL('../../docs/commands.md', import.meta.url), 'utf8')
    const documentedCommands = [...docs.matchAll(/^\| `([a-z][a-z -]*)`/gm)].map(([, command]) => command)
    expect(documentedCommands.toSorted()).toEqual(leaves.map(({ path }) => path.join(' ')).toSorted())
  })
})

type Leaf = { command: Command; path: readonly string[] }

function listLeaves(command: Command, path: readonly string[] = []): Leaf[] {
  if (command.commands.length === 0) return [{ command, path }]
  return command.commands.flatMap((child) => listLeaves(child, [...path, child.name()]))
}

function renderHelp(command: Command): string {
  let help = ''
  command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp()
  return help
}

function parseExamples(help: string): string[] {
  return [...help.matchAll(/^ {2}npm run (?:--silent )?ops -- (.*)$/gm)].map(([, line = '']) => line)
}

/** Options of an example that the command does not have. */
function findUnknownOptions(line: string, command: Command): string[] {
  const knownOptions = [...command.options, ...program.options].map(({ long }) => long)
  return [...line.matchAll(/ (--[a-z-]+)/g)].flatMap(([, option = '']) =>
    knownOptions.includes(option) ? [] : [option],
  )
}
