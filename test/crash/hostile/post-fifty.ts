import { setTimeout as sleep } from 'node:timers/promises'
import { createPostWebhook } from '#shared/outbound/webhook/create-post-webhook.ts'
import { startSchoolServer } from '#test/shared/outbound/webhook/start-school-server.ts'
import { createFetchPost } from '../kill/careless-posts.ts'

// A process of its own, so that what it measures is what its own requests cost.
const [port = '', count = '', client = ''] = process.argv.slice(2)
const setup = { settings: { loopback: 'allowed' }, deadlineMs: 15_000 } as const
const post = client === 'fetch' ? createFetchPost(setup) : createPostWebhook(setup)
const postMany = (targetPort: number | string) =>
  Promise.all(
    Array.from({ length: Number(count) }, () =>
      post({ url: `http://127.0.0.1:${targetPort}/`, headers: {}, body: '{}' }),
    ),
  )

{
  // What a process needs for its first fifty requests is not what an answer costs.
  await using warmUpServer = await startSchoolServer()
  for (let round = 0; round < 4; round++) await postMany(warmUpServer.port)
}
globalThis.gc?.()
await sleep(100)
const before = process.memoryUsage.rss()
let peak = before
const sampler = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss())
}, 2)
await postMany(port)
clearInterval(sampler)
peak = Math.max(peak, process.memoryUsage.rss())
process.send?.({ grown: peak - before }, () => process.exit())
