import { Worker } from 'node:worker_threads'
import type { Log } from '#shared/platform/log.ts'
import { setYoungGenerationOfThreads } from '../../hold-young-generation.ts'
import type { LocalQueue } from '../create-local-queue.ts'
import type { MessageFromThread, MessageToThread, ThreadSettings } from './thread-messages.ts'

type DeliveryThreadOptions = {
  settings: ThreadSettings
  /** Sends what goes by email. */
  emailQueue: LocalQueue
  log: Log
  onFault: (error: unknown) => void
}
export type DeliveryThread = { queue: LocalQueue; end: () => Promise<void> }

/** Small, because a delivery leaves little behind, and the main thread has a heap of its own. */
const youngGenerationMb = 8

/**
 * Starts a thread that sends webhooks, so that a second core takes them off the one that answers visitors. Its queue takes
 * pointers like the queue of one thread: what is not sent stays due, and the sweeper queues it again. An error that ends the
 * thread ends the process, as it would without a thread.
 */
export async function startDeliveryThread({
  settings,
  emailQueue,
  log,
  onFault,
}: DeliveryThreadOptions): Promise<DeliveryThread> {
  setYoungGenerationOfThreads(youngGenerationMb)
  const worker = new Worker(new URL('./delivery-thread.ts', import.meta.url), {
    workerData: settings,
    // V8 counts a third part, which it does not use.
    resourceLimits: { maxYoungGenerationSizeMb: youngGenerationMb * 1.5 },
  })
  const questions = new Map<number, (depth: number) => void>()
  const { promise: ready, resolve: onReady } = Promise.withResolvers<void>()
  let lastId = 0

  const post = (message: MessageToThread) => worker.postMessage(message)
  function ask(kind: 'depth' | 'close' | 'end'): Promise<number> {
    lastId += 1
    const { promise, resolve } = Promise.withResolvers<number>()
    questions.set(lastId, resolve)
    post({ kind, id: lastId })
    return promise
  }

  worker.on('message', (message: MessageFromThread) => {
    if (message.kind === 'ready') onReady()
    else if (message.kind === 'log') log(message.event, message.fields)
    else if (message.kind === 'fault') onFault(message.error)
    else if (message.kind === 'email') emailQueue.send([message.pointer]).catch(onFault)
    else {
      questions.get(message.id)?.(message.depth ?? 0)
      questions.delete(message.id)
    }
  })
  worker.on('error', (error) => {
    throw error
  })
  await ready

  return {
    queue: {
      depth: async () => (await ask('depth')) + (await emailQueue.depth()),
      send: async (pointers) => post({ kind: 'send', pointers }),
      open() {
        emailQueue.open()
        post({ kind: 'open' })
      },
      async close() {
        await Promise.all([ask('close'), emailQueue.close()])
      },
    },
    async end() {
      await ask('end')
      await worker.terminate()
    },
  }
}
