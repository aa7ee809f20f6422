import { setTimeout as sleep } from 'node:timers/promises'
import { webhook } from '#shared/outbound/webhook/webhook.ts'
import { schoolServer } from '#test/shared/outbound/webhook/school-server.ts'
import { fetchPost } from '../kill/careless-posts.ts'

// A process of its own, so that what it measures is what its own requests cost.
const [port = '', count = '', how = ''] = process.argv.slice(2)
const setup = { settings: { loopback: 'allowed' }, deadlineMs: 15_000 } as const
const post = how === 'fetch' ? fetchPost(setup) : webhook(setup)
const many = (to: number | string) =>
  Promise.all(
    Array.from({ length: Number(count) }, () => post({ url: `http://127.0.0.1:${to}/`, headers: {}, body: '{}' })),
  )

{
  // What a process needs for its first fifty requests is not what an answer costs.
  await using harmless = await schoolServer()
  for (let round = 0; round < 4; round++) await many(harmless.port)
}
globalThis.gc?.()
await sleep(100)
const before = process.memoryUsage.rss()
let peak = before
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss())
}, 2)
await many(port)
clearInterval(watch)
peak = Math.max(peak, process.memoryUsage.rss())
process.send?.({ grown: peak - before }, () => process.exit())
