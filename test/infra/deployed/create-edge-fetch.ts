import * as z from 'zod'
import { edgeHeader, viewerHeader } from '#shared/contract/edge.ts'
import { fallbackFolder } from '#shared/contract/routes.ts'
import { apiEvent } from '#test/functions/house/api-event.ts'
import type { deployLocally } from './deploy-locally.ts'

type EdgeTarget = Pick<Awaited<ReturnType<typeof deployLocally>>, 'lambda' | 'edgeSecret'>

/** A `fetch` that goes where CloudFront and API Gateway would bring it: to the Lambda of the route. */
export function createEdgeFetch({ lambda, edgeSecret }: EdgeTarget): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init)
    const { pathname, search } = new URL(request.url)
    const { current } = z.object({ current: z.string() }).parse(JSON.parse(edgeSecret))
    const requestBody = await request.text()
    const { event, matchedRoute: found } = apiEvent(request.method, `${pathname}${search}`, {
      headers: { ...Object.fromEntries(request.headers), [edgeHeader]: current, [viewerHeader]: '203.0.113.7:443' },
      ...(requestBody !== '' && { text: requestBody }),
    })
    const { statusCode, headers, body } = lambdaResponse.parse(
      await lambda(found?.folder ?? fallbackFolder).invoke(event),
    )
    return new Response(body ?? null, { status: statusCode, headers: headers ?? {} })
  }
}

const lambdaResponse = z.object({
  statusCode: z.int(),
  headers: z.record(z.string(), z.coerce.string()).optional(),
  body: z.string().optional(),
})
