import { randomUUID } from 'node:crypto'
import type { APIGatewayProxyStructuredResultV2 as Answer } from 'aws-lambda'
import { fault } from '#shared/http/answer.ts'
import { type Call, root } from '#web/landing/landing-request.ts'
import type { Answers, Received } from '../http/http-server.ts'
import type { LocalPage } from './local-pages.ts'
import { webFiles } from './web-files.ts'

type Setup = {
  answers: Answers
  /** Where this host is, and the key of the landing page's source: both are known by the time that somebody asks. */
  known: () => { origin: string; sourceKey: string }
  now: () => Date
  failed: (error: unknown) => string
}

/** The example landing page and the widget on it. The page asks the API what any other would, without a wire between. */
export function landingPages({ answers, known, now, failed }: Setup): LocalPage[] {
  const files = webFiles()

  async function page(received: Received): Promise<Answer | undefined> {
    if (!received.path.startsWith(root)) return undefined
    // Nobody waits for these when the host starts.
    const [{ landing }, { client }] = await Promise.all([
      import('#web/landing/landing.ts'),
      import('#shared/contract/client.ts'),
    ])
    const { origin, sourceKey } = known()
    const callFor = (visitor: { ip: string; userAgent: string | undefined }): Call =>
      client({
        baseUrl: origin,
        headers: {
          origin,
          'x-source-key': sourceKey,
          ...(visitor.userAgent !== undefined && { 'user-agent': visitor.userAgent }),
        },
        fetch: (url, init) => withoutWire(answers, new Request(url, init), visitor.ip),
      })
    const found = await landing({ origin, sourceKey, callFor, now, newKey: randomUUID })({
      ...received,
      query: new URLSearchParams(received.query),
      headers: Object.fromEntries(received.headers.map(([name, value]) => [name.toLowerCase(), value])),
      body: received.body.toString(),
    })
    return found && { statusCode: found.status, headers: found.headers, body: found.body }
  }

  return [page, files].map((answer) => ({
    answer: (received) => answer(received).catch((error: unknown) => fault(failed(error))),
  }))
}

async function withoutWire(answers: Answers, request: Request, ip: string): Promise<Response> {
  const { pathname, search } = new URL(request.url)
  const { statusCode, headers, body } = await answers({
    method: request.method,
    path: pathname,
    query: search.slice(1),
    protocol: 'HTTP/1.1',
    headers: [...request.headers],
    body: Buffer.from(await request.arrayBuffer()),
    ip,
  })
  const told = Object.entries(headers ?? {}).map(([name, value]): [string, string] => [name, String(value)])
  return new Response(body ?? null, { status: statusCode ?? 200, headers: told })
}
