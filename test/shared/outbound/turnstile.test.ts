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
  ])('that answers %j says %s', async (answer, verdict) => {
    const { url } = await startCloudflare((_, response) => response.end(JSON.stringify(answer)))
    expect(await createTurnstileVerifier({ secret: 's', url })(request)).toBe(verdict)
  })

  it('is asked with the secret, the token and the address, and the same for every retry of a form', async () => {
    const { url, bodies } = await startCloudflare((_, response) => response.end('{"success":true}'))
    const verify = createTurnstileVerifier({ secret: 'house', url })
    await verify(request)
    await verify(request)
    await verify({ ...request, form: 'another' })
    const uuid = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(bodies[0]).toEqual({ secret: 'house', response: 'token', remoteip: '198.51.100.7', idempotency_key: uuid })
    expect(bodies[1]).toEqual(bodies[0])
    expect(bodies[2]).not.toEqual(bodies[0])
  })

  it('is asked with the secret of the source, where it has one of its own', async () => {
    const { url, bodies } = await startCloudflare((_, response) => response.end('{"success":true}'))
    expect(await createTurnstileVerifier({ secret: 'house', url })({ ...request, secret: 'own' })).toBe('human')
    expect(await createTurnstileVerifier({ secret: undefined, url })({ ...request, secret: 'own' })).toBe('human')
    expect(bodies).toMatchObject([{ secret: 'own' }, { secret: 'own' }])
  })

  it.each<[string, RequestListener]>([
    ['a page', (_, response) => response.end('<html>')],
    ['a fault', (_, response) => response.writeHead(502).end('oops')],
    ['a way elsewhere', (_, response) => response.writeHead(307, { location: 'https://elsewhere.example' }).end()],
    ['nothing', ({ socket }) => socket.destroy()],
    ['a drop a day', (_, response) => response.write('{"success":')],
  ])('that answers with %s counts against nobody', async (_, respond) => {
    const { url } = await startCloudflare(respond)
    expect(await createTurnstileVerifier({ secret: 's', url, deadlineMs: 100 })(request)).toBe('unavailable')
  })

  it('is not asked at all where the house has no secret for it', async () => {
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
