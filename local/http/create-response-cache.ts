import type { APIGatewayProxyEventV2 as ApiEvent, APIGatewayProxyStructuredResultV2 as HttpResponse } from 'aws-lambda'
import type { Route } from '#shared/contract/route.ts'
import { addCacheHeaders } from '#shared/http/to-http-response.ts'

type CallFunction = (event: ApiEvent) => Promise<HttpResponse>
export type ResponseCache = {
  getResponse: (route: Route, event: ApiEvent, callFunction: CallFunction) => Promise<HttpResponse>
  /** Drops all responses, including those that are being fetched. */
  clear: () => void
}

/** Caches public responses for their `s-maxage` by path and the route's query parameters, like CloudFront. */
export function createResponseCache({
  now,
  maxEntries = 256,
}: {
  now: () => Date
  maxEntries?: number
}): ResponseCache {
  const entries = new Map<string, { response: HttpResponse; storedAtMs: number; expiresAtMs: number }>()
  let generation = 0

  return {
    async getResponse(route, event, callFunction) {
      const key = buildCacheKey(route, event)
      if (key === undefined) return callFunction(event)
      const nowMs = now().getTime()
      const entry = entries.get(key)
      // A clock that was set back must not show a response for longer.
      if (entry && nowMs >= entry.storedAtMs && nowMs < entry.expiresAtMs)
        return toConditionalResponse(route, event, withAge(entry.response, nowMs - entry.storedAtMs))

      const generationBefore = generation
      const { 'if-none-match': _, ...headers } = event.headers
      const response = await callFunction({ ...event, headers })
      const seconds = parseSharedMaxAge(response)
      if (generation === generationBefore && seconds > 0) {
        entries.delete(key)
        entries.set(key, { response, storedAtMs: nowMs, expiresAtMs: nowMs + seconds * 1000 })
        for (const [oldest] of entries) if (entries.size > maxEntries) entries.delete(oldest)
      }
      return toConditionalResponse(route, event, response)
    },

    clear() {
      generation += 1
      entries.clear()
    },
  }
}

/** The cache key; undefined if the query has a parameter that the route does not list, which the function must refuse. */
function buildCacheKey({ caller, cacheSeconds, query }: Route, event: ApiEvent): string | undefined {
  const queryEntries = Object.entries(event.queryStringParameters ?? {}).toSorted(([one], [other]) =>
    one < other ? -1 : 1,
  )
  const listedNames = Object.keys(query?.shape ?? {})
  if (caller !== 'anyone' || cacheSeconds === undefined || !queryEntries.every(([name]) => listedNames.includes(name)))
    return undefined
  return JSON.stringify([event.rawPath, ...queryEntries])
}

function parseSharedMaxAge({ statusCode, headers = {} }: HttpResponse): number {
  if (statusCode !== 200) return 0
  return Number(/\bs-maxage=(\d+)/.exec(String(headers['cache-control'] ?? ''))?.[1] ?? 0)
}

function withAge(response: HttpResponse, ageMs: number): HttpResponse {
  return { ...response, headers: { ...response.headers, age: Math.floor(ageMs / 1000) } }
}

function toConditionalResponse(route: Route, event: ApiEvent, response: HttpResponse): HttpResponse {
  return event.headers['if-none-match'] === undefined ? response : addCacheHeaders(route, event, response)
}
