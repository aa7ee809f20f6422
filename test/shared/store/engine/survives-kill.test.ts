import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { createSqliteEngine } from '#shared/store/engine/sqlite/sqlite.ts'
import { shapes } from './shapes.ts'

const child = fileURLToPath(new URL('./write-until-killed.ts', import.meta.url))

it.each([40, 200, 900])(
  'keeps every write that SQLite on disk reported as done when killed after %i writes',
  async (enough) => {
    const folder = mkdtempSync(join(tmpdir(), 'prospectus-kill-'))
    const path = join(folder, 'engine.db')
    const printedIds = await writeUntilKilled(path, enough)
    const engine = createSqliteEngine({ path, shapes, now: () => new Date() })

    expect(printedIds.length).toBeGreaterThanOrEqual(enough)
    for (const id of printedIds) {
      const halves = await engine.query({ in: 'things', pk: id, limit: 5 })
      expect(halves.items.map(({ sk }) => sk)).toEqual(['ONE', 'TWO'])
    }
    await engine.close()
    rmSync(folder, { recursive: true })
  },
)

async function writeUntilKilled(path: string, enough: number) {
  const writer = spawn(process.execPath, [child, path], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(writer, 'exit')
  const printedIds: string[] = []
  for await (const id of createInterface({ input: writer.stdout })) {
    printedIds.push(id)
    if (printedIds.length === enough) writer.kill('SIGKILL')
  }
  await exited
  return printedIds
}
