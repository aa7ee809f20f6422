import { parentPort } from 'node:worker_threads'
import * as z from 'zod'
import { evaluateWorld } from './check-world.ts'
import { prepareSystem } from './prepare-system.ts'

const taskSchema = z.object({ seed: z.int(), leads: z.int() })

// A thread that runs one world for each message.
const system = await prepareSystem()
parentPort?.on('message', async (message) => {
  const { seed, leads } = taskSchema.parse(message)
  const { figures, faults } = await evaluateWorld(system, { seed, leads })
  parentPort?.postMessage({ seed, figures, faults })
})
parentPort?.postMessage('ready')
