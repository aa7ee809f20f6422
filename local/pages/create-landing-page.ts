import { randomUUID } from 'node:crypto'
import type { APIGatewayProxyStructuredResultV2 as HttpResponse } from 'aws-lambda'
import { toFaultResponse } from '#shared/http/to-http-response.ts'
import type { Brand } from '#web/landing/brand.ts'
import { isLandingPath, type LandingClient } from '#web/landing/landing-request.ts'
import type { HttpRequest } from '../http/read-request.ts'
import type { RequestHandler } from '../http/start-http-server.ts'
import type { LocalPage } from './with-local-pages.ts'

type Setup = {
  handleRequest: RequestHandler
  /** The host's origin and the key of the landing page's source. Both exist before the first request. */
  getConnection: () => { origin: string; sourceKey: string }
  brand: Brand
  now: () => Date
  reportFault: (error: unknown) => string
}

/** The landing pages. They call the API in process, with the same requests as any other site. */
export function createLandingPage({ handleRequest, getConnection, brand, now, reportFault }: Setup): LocalPage {
  async function handleLandingPage(request: HttpRequest): Promise<HttpResponse | undefined> {
    if (!isLandingPath(request.path) || !acceptsPages(request)) return undefined
    // Loaded at the first request, because starting the host must not wait for them.
    const [{ createLandingHandler }, { createClient }] = await Promise.all([
      import('#web/landing/create-landing-handler.ts'),
      import('#shared/contract/client.ts'),
    ])
    const { origin, sourceKey } = getConnection()
    const createVisitorClient = (visitor: { ip: string; userAgent: string | undefined }): LandingClient =>
      createClient({
        baseUrl: origin,
        headers: {
          origin,
          'x-source-key': sourceKey,
          ...(visitor.userAgent !== undefined && { 'user-agent': visitor.userAgent }),
        },
        fetch: (url, init) => callInProcess(handleRequest, new Request(url, init), visitor.ip),
      })
    const landingResponse = await createLandingHandler({
      origin,
      sourceKey,
      brand,
      createClient: createVisitorClient,
      now,
      createIdempotencyKey: randomUUID,
    })({
      ...request,
      query: new URLSearchParams(request.query),
      headers: Object.fromEntries(request.headers.map(([name, value]) => [name.toLowerCase(), value])),
      body: request.body.toString(),
    })
    return (
      landingResponse && {
        statusCode: landingResponse.status,
        headers: landingResponse.headers,
        body: landingResponse.body,
      }
    )
  }

  return {
    handle: (request) => handleLandingPage(request).catch((error: unknown) => toFaultResponse(reportFault(error))),
  }
}

/** The root also has an index for programs. */
function acceptsPages({ path, headers }: HttpRequest): boolean {
  if (path !== '/') return true
  return headers.some(([name, value]) => name.toLowerCase() === 'accept' && value.includes('text/html'))
}

async function callInProcess(handleRequest: RequestHandler, request: Request, ip: string): Promise<Response> {
  const { pathname, search } = new URL(request.url)
  const { statusCode, headers, body } = await handleRequest({
    method: request.method,
    path: pathname,
    query: search.slice(1),
    protocol: 'HTTP/1.1',
    headers: [...request.headers],
    body: Buffer.from(await request.arrayBuffer()),
    ip,
  })
  const headerEntries = Object.entries(headers ?? {}).map(([name, value]): [string, string] => [name, String(value)])
  return new Response(body ?? null, { status: statusCode ?? 200, headers: headerEntries })
}
