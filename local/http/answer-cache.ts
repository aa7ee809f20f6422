import type { APIGatewayProxyStructuredResultV2 as Answer, APIGatewayProxyEventV2 as ApiEvent } from 'aws-lambda'
import type { Route } from '#shared/contract/route.ts'
import { cacheable } from '#shared/http/answer.ts'

type Ask = (event: ApiEvent) => Promise<Answer>
export type AnswerCache = {
  answer: (route: Route, event: ApiEvent, ask: Ask) => Promise<Answer>
  /** Forgets everything, also what is being asked for just now. */
  clear: () => void
}

/** Keeps what anyone may read for as long as its `s-maxage` says, as CloudFront does: by path and listed query alone. */
export function answerCache({ now, most = 256 }: { now: () => Date; most?: number }): AnswerCache {
  const kept = new Map<string, { answer: Answer; from: number; until: number }>()
  let edition = 0

  return {
    async answer(route, event, ask) {
      const key = keyOf(route, event)
      if (key === undefined) return ask(event)
      const at = now().getTime()
      const hit = kept.get(key)
      if (hit && at < hit.until) return conditional(route, event, aged(hit.answer, at - hit.from))

      const before = edition
      const { 'if-none-match': _, ...headers } = event.headers
      const answer = await ask({ ...event, headers })
      const seconds = sharedSeconds(answer)
      if (edition === before && seconds > 0) {
        kept.delete(key)
        kept.set(key, { answer, from: at, until: at + seconds * 1000 })
        for (const [oldest] of kept) if (kept.size > most) kept.delete(oldest)
      }
      return conditional(route, event, answer)
    },

    clear() {
      edition += 1
      kept.clear()
    },
  }
}

/** A query that the route does not list is the function's to refuse. */
function keyOf({ caller, cacheSeconds, query }: Route, event: ApiEvent): string | undefined {
  const asked = Object.entries(event.queryStringParameters ?? {}).toSorted(([one], [other]) => (one < other ? -1 : 1))
  const listed = Object.keys(query?.shape ?? {})
  if (caller !== 'anyone' || cacheSeconds === undefined || !asked.every(([name]) => listed.includes(name)))
    return undefined
  return JSON.stringify([event.rawPath, ...asked])
}

function sharedSeconds({ statusCode, headers = {} }: Answer): number {
  if (statusCode !== 200) return 0
  return Number(/\bs-maxage=(\d+)/.exec(String(headers['cache-control'] ?? ''))?.[1] ?? 0)
}

function aged(answer: Answer, ms: number): Answer {
  return { ...answer, headers: { ...answer.headers, age: Math.floor(ms / 1000) } }
}

function conditional(route: Route, event: ApiEvent, answer: Answer): Answer {
  return event.headers['if-none-match'] === undefined ? answer : cacheable(route, event, answer)
}
