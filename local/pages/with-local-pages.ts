import type { APIGatewayProxyStructuredResultV2 as HttpResponse } from 'aws-lambda'
import type { HttpRequest } from '../http/read-request.ts'
import type { RequestHandler } from '../http/start-http-server.ts'

export type LocalPage = {
  handle: (request: HttpRequest) => HttpResponse | undefined | Promise<HttpResponse | undefined>
}

/**
 * Adds pages that only the local host has. They show leads without a key, so they answer only to names of this machine:
 * another site may have pointed its own name to 127.0.0.1 (DNS rebinding).
 */
export function withLocalPages(pages: readonly LocalPage[], fallback: RequestHandler): RequestHandler {
  return async (request) => {
    if (!isForThisMachine(request)) return fallback(request)
    const redirect = await redirectToPage(request)
    if (redirect) return redirect
    for (const page of pages) {
      const response = await page.handle(request)
      if (response) return response
    }
    return fallback(request)
  }

  /** Redirects a path with a slash at its end to the page without it. */
  async function redirectToPage(request: HttpRequest): Promise<HttpResponse | undefined> {
    const path = request.path.replace(/\/+$/, '')
    if (request.method !== 'GET' || path === request.path) return undefined
    for (const page of pages)
      if ((await page.handle({ ...request, path }))?.statusCode === 200)
        return { statusCode: 308, headers: { location: path + (request.query && `?${request.query}`) } }
    return undefined
  }
}

function isForThisMachine({ headers }: HttpRequest): boolean {
  const host = headers.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? ''
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host)
}
