import { parentPort, workerData } from 'node:worker_threads'
import { createSqliteEngine } from '#shared/store/engine/sqlite/sqlite.ts'
import { shapes } from '../shapes.ts'
import { countTogether } from './count-together.ts'

const { path, turns } = workerData
const engine = createSqliteEngine({ path, shapes, writeTurns: turns, now: () => new Date() })
// Waiting for a turn does not keep a thread alive. A host listens for messages.
parentPort?.on('message', () => {})
parentPort?.postMessage(await countTogether(engine))
await engine.close()
parentPort?.close()
