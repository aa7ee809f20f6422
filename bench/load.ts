import { createHistogram } from 'node:perf_hooks'
import { Agent, request } from 'undici'

export type Call = { method: 'GET' | 'POST'; path: string; headers?: { [name: string]: string }; body?: string }
/** `perSecond` answers; times in milliseconds. */
export type Measured = { answers: number; perSecond: number; p50: number; p99: number; max: number; refused: number }
type Load = { base: string; callers: number; seconds: number; next: () => Call }

/** So many callers, each of whom asks again as soon as it is answered; the first second warms up and is not counted. */
export async function load({ base, callers, seconds, next }: Load): Promise<Measured> {
  const dispatcher = new Agent({ connections: callers })
  const times = createHistogram()
  const warm = performance.now() + 1000
  const ends = warm + seconds * 1000
  let refused = 0
  const caller = async () => {
    while (performance.now() < ends) {
      const { path, ...call } = next()
      const began = performance.now()
      const { statusCode, body } = await request(base + path, { ...call, dispatcher })
      await body.dump()
      if (began < warm) continue
      times.record(Math.max(1, Math.round((performance.now() - began) * 1000)))
      if (statusCode >= 400) refused += 1
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
  await dispatcher.close()
  const ms = (microseconds: number) => microseconds / 1000
  return {
    answers: times.count,
    perSecond: times.count / seconds,
    p50: ms(times.percentile(50)),
    p99: ms(times.percentile(99)),
    max: ms(times.max),
    refused,
  }
}
