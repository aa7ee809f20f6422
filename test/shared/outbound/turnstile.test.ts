import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { createTurnstileVerifier } from '#shared/outbound/turnstile.ts'

const request = { token: 'token', ip: '198.51.100.7', form: 'landing key' }
const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

describe('Turnstile', () => {
  it.each([
    [{ success: true }, 'human'],
    [{ success: true, 'error-codes': [] }, 'human'],
    [{ success: false, 'error-codes': ['invalid-input-response'] }, 'bot'],
    [{ success: false, 'error-codes': ['timeout-or-duplicate'] }, 'bot'],
    [{ success: false, 'error-codes': ['invalid-input-secret'] }, 'unavailable'],
    [{ success: false, 'error-codes': ['internal-error'] }, 'unavailable'],
    [{ success: false }, 'unavailable'],
    [{ healthy: true }, 'unavailable'],
  ])('maps the response %j to %s', async (answer, verdict) => {
    const { url } = await startCloudflare((_, response) => response.end(JSON.stringify(answer)))
    expect(await createTurnstileVerifier({ secret: 's', url })(request)).toBe(verdict)
  })

  it('receives the secret, the token and the IP address, and the same idempotency key for every retry of a form', async () => {
    const { url, bodies } = await startCloudflare((_, response) => response.end('{"success":true}'))
    const verify = createTurnstileVerifier({ secret: 'default', url })
    await verify(request)
    await verify(request)
    await verify({ ...request, form: 'another' })
    const uuid = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(bodies[0]).toEqual({ secret: 'default', response: 'token', remoteip: '198.51.100.7', idempotency_key: uuid })
    expect(bodies[1]).toEqual(bodies[0])
    expect(bodies[2]).not.toEqual(bodies[0])
  })

  it('receives the secret of the source if it has one', async () => {
    const { url, bodies } = await startCloudflare((_, response) => response.end('{"success":true}'))
    expect(await createTurnstileVerifier({ secret: 'default', url })({ ...request, secret: 'own' })).toBe('human')
    expect(await createTurnstileVerifier({ secret: undefined, url })({ ...request, secret: 'own' })).toBe('human')
    expect(bodies).toMatchObject([{ secret: 'own' }, { secret: 'own' }])
  })

  it.each<[string, RequestListener]>([
    ['an HTML page', (_, response) => response.end('<html>')],
    ['status 502', (_, response) => response.writeHead(502).end('oops')],
    ['a redirect', (_, response) => response.writeHead(307, { location: 'https://elsewhere.example' }).end()],
    ['a closed connection', ({ socket }) => socket.destroy()],
    ['an endless response', (_, response) => response.write('{"success":')],
  ])('counts against no visitor when it answers with %s', async (_, respond) => {
    const { url } = await startCloudflare(respond)
    expect(await createTurnstileVerifier({ secret: 's', url, deadlineMs: 100 })(request)).toBe('unavailable')
  })

  it('is not called if there is no secret', async () => {
    const { url, bodies } = await startCloudflare((_, response) => response.end('{"success":true}'))
    expect(await createTurnstileVerifier({ secret: undefined, url })(request)).toBe('unavailable')
    expect(bodies).toEqual([])
  })
})

async function startCloudflare(respond: RequestListener) {
  const bodies: unknown[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    bodies.push(JSON.parse(Buffer.concat(chunks).toString()))
    respond(request, response)
  }).listen(0, '127.0.0.1')
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  await once(server, 'listening')
  const { port } = z.object({ port: z.number() }).parse(server.address())
  return { url: `http://127.0.0.1:${port}/siteverify`, bodies }
}
