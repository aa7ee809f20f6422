import { existsSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parseImports, resolveImport } from '#test/architecture/import-rules.ts'
import { parseDockerfile } from './parse-dockerfile.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const readText = (path: string) => readFileSync(root + path, 'utf8')
const stages = parseDockerfile(readText('Dockerfile'))
const image = stages.at(-1) ?? { image: '', name: '', instructions: [] }
const find = (name: string) => image.instructions.filter((instruction) => instruction.name === name)
const copied = find('COPY').flatMap(({ words }) => words.slice(0, -1))
const env = Object.fromEntries(find('ENV').flatMap(({ words }) => words.map((word) => word.split('='))))

describe('the Dockerfile', () => {
  it('is made of Debian with the Node version of the project', () => {
    const version = readText('.nvmrc').trim()
    expect(new Set(stages.map((stage) => stage.image))).toEqual(new Set([`node:${version}-bookworm-slim`]))
  })

  it('installs by the commands of the documentation', () => {
    const commands = stages
      .flatMap(({ instructions }) => instructions)
      .filter(({ name, words }) => name === 'RUN' && words[0] === 'npm')
      .map(({ words }) => words.join(' ').replace(' --no-audit --no-fund', ''))
    expect(commands).toHaveLength(2)
    const guide = readText('docs/one-machine.md')
    for (const command of commands) expect(guide).toContain(command)
  })

  it('runs as an unprivileged user who owns only the volume', () => {
    const { instructions } = image
    const [user, ...others] = find('USER').map(({ words }) => words[0])
    expect([user, others]).toEqual(['1000:1000', []])
    const after = instructions.slice(instructions.findIndex(({ name }) => name === 'USER'))
    expect(after.filter(({ name }) => name === 'RUN' || name === 'COPY')).toEqual([])
    expect(find('COPY').filter(({ flags }) => 'chown' in flags || 'chmod' in flags)).toEqual([])
    expect(find('VOLUME')[0]?.words).toEqual([env.DATA_DIR])
    expect(find('EXPOSE')[0]?.words).toEqual([env.PORT])
  })

  it('starts Node itself, and checks the health of the host', () => {
    for (const name of ['CMD', 'HEALTHCHECK']) {
      const [{ form, words: [program, file = ''] = [] } = {}] = find(name)
      expect([form, program, existsSync(root + file)]).toEqual(['json', 'node', true])
    }
  })

  it('copies every file that host and CLI import', () => {
    const imported = listImportedFiles(['local/start.mjs', 'local/check-health.mjs', 'cli/ops.ts'])
    expect(imported.length).toBeGreaterThan(300)
    expect(imported.filter((path) => !copied.includes(path.split('/')[0] ?? ''))).toEqual([])
  })

  it('has no setting of a deployment, such as a password', () => {
    expect(Object.keys(env).toSorted()).toEqual(['DATA_DIR', 'LISTEN_ADDRESS', 'NODE_ENV', 'PORT'])
  })
})

describe('.dockerignore', () => {
  const patterns = readText('.dockerignore')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))

  it('leaves out everything but what is copied and what the build needs', () => {
    expect(patterns[0]).toBe('*')
    const allowed = patterns.filter((line) => line.startsWith('!')).map((line) => line.slice(1))
    const needed = stages.flatMap(({ instructions }) =>
      instructions
        .filter(({ name, flags, words }) => name === 'COPY' && !flags.from && words[0] !== '.')
        .flatMap(({ words }) => words.slice(0, -1)),
    )
    expect(new Set(allowed)).toEqual(new Set([...needed, 'dist']))
    expect(allowed.filter((path) => path !== 'dist' && !existsSync(root + path))).toEqual([])
  })
})

describe('the parser', () => {
  it.each(['COPY a b', 'FROM a\nADD a b', 'FROM a\nrun x'])('refuses: %j', (text) => {
    expect(() => parseDockerfile(text)).toThrow()
  })

  it('reads flags, both forms and continued lines', () => {
    const [stage] = parseDockerfile(
      'FROM a AS b\n# c\nCOPY --from=x d e\nRUN f \\\n g\nHEALTHCHECK --timeout=1s CMD ["h", "i"]',
    )
    expect(stage).toEqual({
      image: 'a',
      name: 'b',
      instructions: [
        { name: 'COPY', flags: { from: 'x' }, words: ['d', 'e'], form: 'shell' },
        { name: 'RUN', flags: {}, words: ['f', 'g'], form: 'shell' },
        { name: 'HEALTHCHECK', flags: { timeout: '1s' }, words: ['h', 'i'], form: 'json' },
      ],
    })
  })
})

function listImportedFiles(entries: readonly string[]): string[] {
  const visited = new Set<string>()
  const pending = [...entries]
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (visited.has(path)) continue
    visited.add(path)
    if (!/\.(?:ts|tsx|mjs)$/.test(path)) continue
    for (const { from, isType } of parseImports(readText(path))) {
      const target = resolveImport(path, from)
      if (!isType && target !== undefined) pending.push(posix.normalize(target))
    }
  }
  return [...visited]
}
