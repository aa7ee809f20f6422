import type { APIGatewayProxyStructuredResultV2 as HttpResponse } from 'aws-lambda'
import type { HttpRequest, RequestHandler } from '../http/start-http-server.ts'

export type LocalPage = {
  handle: (request: HttpRequest) => HttpResponse | undefined | Promise<HttpResponse | undefined>
}

/**
 * Puts pages that only this host has before the API. They show leads to whoever sits here, so a name that another site
 * may have pointed to this machine does not get to them.
 */
export function withLocalPages(pages: readonly LocalPage[], fallback: RequestHandler): RequestHandler {
  return async (request) => {
    if (!isForThisMachine(request)) return fallback(request)
    for (const page of pages) {
      const response = await page.handle(request)
      if (response) return response
    }
    return fallback(request)
  }
}

function isForThisMachine({ headers }: HttpRequest): boolean {
  const host = headers.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? ''
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host)
}
