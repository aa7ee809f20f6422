import { writeSync } from 'node:fs'
import { createSqliteEngine } from '#shared/store/engine/sqlite/sqlite.ts'
import { shapes } from './shapes.ts'

// Four writers at once, so that commits are shared; each id is printed once its transaction is done.
const engine = createSqliteEngine({ path: process.argv[2] ?? '', shapes, now: () => new Date() })

async function writeForEver(writer: string) {
  for (let number = 1; ; number += 1) {
    const pk = `${writer}#${number}`
    const { done } = await engine.transact([
      { in: 'things', put: { pk, sk: 'ONE', filler: 'x'.repeat(1000) }, when: { exists: false } },
      { in: 'things', put: { pk, sk: 'TWO' }, when: { exists: false } },
    ])
    if (done) writeSync(1, `${pk}\n`)
  }
}

await Promise.all(['a', 'b', 'c', 'd'].map(writeForEver))
