import { createHistogram } from 'node:perf_hooks'
import { Agent, request } from 'undici'

export type BenchmarkCall = {
  method: 'GET' | 'POST'
  path: string
  headers?: { [name: string]: string }
  body?: string
}
/** `perSecond` responses; times in milliseconds. */
export type LoadResult = {
  responseCount: number
  perSecond: number
  p50: number
  p99: number
  max: number
  refusedCount: number
}
type LoadOptions = { base: string; callers: number; seconds: number; next: () => BenchmarkCall }

/** So many callers, each of whom asks again as soon as it is answered; the first second warms up and is not counted. */
export async function runLoad({ base, callers, seconds, next }: LoadOptions): Promise<LoadResult> {
  const dispatcher = new Agent({ connections: callers })
  const times = createHistogram()
  const warmUpEndsAt = performance.now() + 1000
  const endsAt = warmUpEndsAt + seconds * 1000
  let refusedCount = 0
  const caller = async () => {
    while (performance.now() < endsAt) {
      const { path, ...call } = next()
      const startedAt = performance.now()
      const { statusCode, body } = await request(base + path, { ...call, dispatcher })
      await body.dump()
      if (startedAt < warmUpEndsAt) continue
      times.record(Math.max(1, Math.round((performance.now() - startedAt) * 1000)))
      if (statusCode >= 400) refusedCount += 1
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
  await dispatcher.close()
  const toMilliseconds = (microseconds: number) => microseconds / 1000
  return {
    responseCount: times.count,
    perSecond: times.count / seconds,
    p50: toMilliseconds(times.percentile(50)),
    p99: toMilliseconds(times.percentile(99)),
    max: toMilliseconds(times.max),
    refusedCount,
  }
}
