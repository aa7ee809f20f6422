import { randomUUID } from 'node:crypto'
import type { APIGatewayProxyStructuredResultV2 as Answer, Context } from 'aws-lambda'
import { cors } from '#shared/contract/cors.ts'
import { findRoute } from '#shared/contract/find-route.ts'
import { type Folder, fallbackFolder } from '#shared/contract/routes.ts'
import { fault } from '#shared/http/answer.ts'
import type { Handle } from '#shared/http/api.ts'
import type { AnswerCache } from './answer-cache.ts'
import { apiEvent } from './api-event.ts'

import type { Answers, Received } from './http-server.ts'

type Setup = {
  functions: { [folder in Folder]: Handle }
  cache: AnswerCache
  now: () => Date
  /** Notes a fault, and says the incident by which it is known. */
  failed: (error: unknown) => string
}

/** What API Gateway does, with CloudFront before it: answers preflights, finds the function of a route, and keeps what may be kept. */
export function gateway({ functions, cache, now, failed }: Setup): Answers {
  return async (received) => {
    const from = headerOf(received, 'origin')
    if (received.method === 'OPTIONS' && from && headerOf(received, 'access-control-request-method')) return preflight
    const at = now()
    const routed = findRoute(received.method, received.path)
    const found = 'route' in routed ? routed : undefined
    const folder = found?.folder ?? fallbackFolder
    const event = apiEvent(received, { at, requestId: randomUUID(), found })
    const call: Parameters<AnswerCache['answer']>[2] = (asked) => functions[folder](asked, contextOf(folder, event))
    const answer = await (found ? cache.answer(found.route, event, call) : call(event)).catch(crashed)
    // What staff change is seen at once, as after an invalidation at CloudFront.
    if (folder === 'operator' && received.method !== 'GET') cache.clear()
    return from ? { ...answer, headers: { ...answer.headers, ...corsHeaders } } : answer
  }

  // A function answers its faults itself: what it throws past them is worse.
  function crashed(error: unknown): Answer {
    return fault(failed(error))
  }
}

const corsHeaders = {
  'access-control-allow-origin': cors.origins.join(','),
  'access-control-expose-headers': cors.responseHeaders.join(','),
}
const preflight: Answer = {
  statusCode: 204,
  headers: {
    'access-control-allow-origin': cors.origins.join(','),
    'access-control-allow-methods': cors.methods.join(','),
    'access-control-allow-headers': cors.requestHeaders.join(','),
    'access-control-max-age': cors.maxAgeSeconds,
  },
}

function headerOf({ headers }: Received, wanted: string): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1]
}

// The least that API Gateway would leave a function.
const patienceMs = 29_000

function contextOf(folder: Folder, { requestContext: { requestId } }: ReturnType<typeof apiEvent>): Context {
  const began = performance.now()
  return {
    callbackWaitsForEmptyEventLoop: false,
    functionName: `local-${folder}`,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:local:000000000000:function:${folder}`,
    memoryLimitInMB: '0',
    awsRequestId: requestId,
    logGroupName: 'local',
    logStreamName: 'local',
    getRemainingTimeInMillis: () => patienceMs - (performance.now() - began),
    done() {},
    fail() {},
    succeed() {},
  }
}
