import { createServer, type IncomingMessage } from 'node:http'
import { createFakeProvider } from '#test/functions/house/fake-provider.ts'

/** An OpenID provider on this machine. Its page signs everyone in as one person at once, and sends the browser back. */
export async function startFakeProvider(account: { email: string; email_verified: boolean }) {
  let provider: ReturnType<typeof createFakeProvider> | undefined
  const server = createServer(async (request, response) => {
    const url = `http://${request.headers.host}${request.url}`
    if (!provider) return response.writeHead(503).end()
    if (new URL(url).pathname === '/authorize')
      return response.writeHead(302, { location: provider.signIn(url, account).href }).end()
    const answer = await provider.fetch(url, await toRequest(request))
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The provider has no port.')
  provider = createFakeProvider({ issuer: `http://127.0.0.1:${address.port}` })
  const { settings, clientSecret } = provider
  return {
    account,
    oidc: { ...settings, clientSecret },
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

async function toRequest(request: IncomingMessage): Promise<RequestInit> {
  const chunks: Uint8Array[] = []
  for await (const chunk of request) chunks.push(chunk)
  const { authorization = '', 'content-type': type = '' } = request.headers
  const body = chunks.length > 0 ? { body: Buffer.concat(chunks).toString() } : {}
  return { method: request.method ?? 'GET', headers: { authorization, 'content-type': type }, ...body }
}
