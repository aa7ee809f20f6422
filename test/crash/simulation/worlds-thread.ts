import { parentPort } from 'node:worker_threads'
import * as z from 'zod'
import { oneWorld } from './one-world.ts'
import { settledTown } from './settled-town.ts'

const asked = z.object({ seed: z.int(), leads: z.int() })

// A thread that goes through the worlds that it is given, one after the other.
const town = await settledTown()
parentPort?.on('message', async (message) => {
  const { seed, leads } = asked.parse(message)
  const { figures, faults } = await oneWorld(town, { seed, leads })
  parentPort?.postMessage({ seed, figures, faults })
})
parentPort?.postMessage('ready')
