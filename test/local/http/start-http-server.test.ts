import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from 'vitest'
import type { HttpRequest } from '#local/http/read-request.ts'
import { type HttpServer, type RequestHandler, startHttpServer } from '#local/http/start-http-server.ts'
import { waitUntil } from '../wait-until.ts'

let server: HttpServer | undefined
const requests: HttpRequest[] = []
const faults: unknown[] = []
const respond: RequestHandler = async (request) => {
  requests.push(request)
  return { statusCode: 200, body: 'ok' }
}
let answer = respond
const sockets: Socket[] = []
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  requests.length = 0
  faults.length = 0
  answer = respond
  await server?.close(0)
  server = undefined
})

describe('a request on the wire', () => {
  it.each([
    ['GET /v1/careers?limit=2 HTTP/1.1', 'api.example', '/v1/careers', 'limit=2'],
    ['GET http://other.example:81/v1/careers?limit=2 HTTP/1.1', 'other.example:81', '/v1/careers', 'limit=2'],
    ['GET HTTPS://other.example HTTP/1.1', 'other.example', '/', ''],
    ['GET http://other.example?a=http://x HTTP/1.1', 'other.example', '/', 'a=http://x'],
    ['GET /a#b HTTP/1.1', 'api.example', '/a', ''],
    ['OPTIONS * HTTP/1.1', 'api.example', '*', ''],
  ])('is read from the target of %s', async (line, host, path, query) => {
    await exchange(`${line}\r\nHost: api.example\r\nConnection: close\r\n\r\n`)
    expect(requests).toMatchObject([{ path, query }])
    const hosts = requests[0]?.headers.filter(([name]) => name.toLowerCase() === 'host')
    expect(hosts).toEqual([['Host', host]])
  })

  it('is answered to HEAD as to GET, with the length of the body and without the body', async () => {
    const response = await exchange('HEAD /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
    expect(requests).toMatchObject([{ method: 'GET' }])
    expect(response).toMatch(/^HTTP\/1\.1 200 [\s\S]*content-length: 2\r\n[\s\S]*\r\n\r\n$/i)
  })

  it.each([
    ['400', 'Host: a\r\nHost: b'],
    ['400', 'Host: a b'],
    ['400', 'Host: a/b'],
    ['400', 'Host: user@a'],
    ['501', 'Host: a\r\nTransfer-Encoding: gzip, chunked'],
  ])('is refused with %s for %j', async (status, headers) => {
    expect(await exchange(`POST /health HTTP/1.1\r\n${headers}\r\n\r\n0\r\n\r\n`)).toMatch(`HTTP/1.1 ${status} `)
    expect(requests).toEqual([])
  })

  it.each(['a', 'a:81', '[::1]:81', '127.0.0.1', ''])('may have the host %j', async (host) => {
    expect(await exchange(`GET /health HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)).toMatch(/ 200 /)
  })

  it('has headers in UTF-8, or in Latin-1 if they are no UTF-8', async () => {
    const send = (bytes: Buffer) =>
      exchange(Buffer.concat([Buffer.from('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-A: '), bytes]))
    await send(Buffer.from('é🎓\r\n\r\n'))
    await send(Buffer.from('é\r\n\r\n', 'latin1'))
    const values = requests.map(({ headers }) => headers.find(([name]) => name === 'X-A')?.[1])
    expect(values).toEqual(['é🎓', 'é'])
  })

  it('is assembled from chunks', async () => {
    await exchange(`${postHead}Transfer-Encoding: chunked\r\n\r\n3\r\n{"a\r\n4;x=y\r\n":1}\r\n0\r\n\r\n`)
    expect(requests.map(({ body }) => body.toString())).toEqual(['{"a":1}'])
  })
})

describe('a body over the limit', () => {
  it('is refused by its Content-Length before it is sent', async () => {
    const socket = await open()
    socket.write(`${postHead}Content-Length: 9437184\r\n\r\n`)
    expect(await readUntil(socket, 'BODY_TOO_LARGE')).toMatch(/^HTTP\/1\.1 413 /)
    expect(requests).toEqual([])
  })

  it('is refused by its Content-Length before `100 Continue` invites it', async () => {
    const socket = await open()
    socket.write(`${postHead}Expect: 100-continue\r\nContent-Length: 9437184\r\n\r\n`)
    expect(await readUntil(socket, 'BODY_TOO_LARGE')).toMatch(/^HTTP\/1\.1 413 /)
  })

  it('is refused while its chunks arrive', async () => {
    const socket = await open()
    socket.write(`${postHead}Transfer-Encoding: chunked\r\n\r\n`)
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`
    for (let i = 0; i < 3; i += 1) socket.write(chunk)
    expect(await readUntil(socket, 'BODY_TOO_LARGE')).toMatch(/^HTTP\/1\.1 413 /)
  })

  it('is read on, so that its sender reads the response and can use the connection again', async () => {
    const socket = await open()
    const keptOpen = postHead.replace('Connection: close\r\n', '')
    socket.write(`${keptOpen}Content-Length: 9437184\r\n\r\n`)
    socket.write('x'.repeat(9_437_184))
    expect(await readUntil(socket, 'BODY_TOO_LARGE')).toMatch(/^HTTP\/1\.1 413 /)
    socket.write('GET /health HTTP/1.1\r\nHost: a\r\n\r\n')
    await waitUntil(() => requests.length === 1)
  })

  it('costs no memory in 80 posts of 9 MiB that never end', async () => {
    const before = process.memoryUsage().arrayBuffers
    const megabyte = Buffer.alloc(1024 * 1024, 'x')
    await Promise.all(
      Array.from({ length: 80 }, async () => {
        const socket = await open()
        socket.write(`${postHead}Transfer-Encoding: chunked\r\n\r\n900000\r\n`)
        for (let i = 0; i < 2; i += 1) socket.write(megabyte)
        await readUntil(socket, 'BODY_TOO_LARGE')
      }),
    )
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100 * 1024 * 1024)
  })

  it('is that of the route: an import may have more than a lead', async () => {
    const body = (bytes: number) => `Content-Length: ${bytes}\r\n\r\n${'x'.repeat(bytes)}`
    const post = (path: string, bytes: number) => exchange(`${postHead.replace('/v1/leads', path)}${body(bytes)}`)
    expect(await post('/v1/matches', 64 * 1024)).toMatch(/ 200 /)
    expect(await post('/v1/matches', 64 * 1024 + 1)).toMatch(/ 413 /)
    expect(await post('/v1/leads', 128 * 1024)).toMatch(/ 200 /)
    expect(await post('/v1/ops/suppressions/imports', 256 * 1024)).toMatch(/ 200 /)
  })
})

describe('a fault of the host', () => {
  it('is reported, and its caller reads a 500 with the incident', async () => {
    answer = () => Promise.reject(new Error('no page'))
    expect(await exchange(getRequest)).toMatch(/ 500 [\s\S]*"instance":"incident-1"/)
    expect(faults).toEqual([new Error('no page')])
  })

  it('is reported if its response cannot be written', async () => {
    answer = async () => ({ statusCode: 200, headers: { location: 'a\nb' }, body: 'ok' })
    expect(await exchange(getRequest)).toBe('')
    expect(faults).toHaveLength(1)
  })

  it('is not a caller who leaves before the request is complete', async () => {
    const socket = await open()
    socket.write(`${postHead}Content-Length: 9\r\n\r\nhalf`)
    socket.end()
    await exchange(getRequest)
    expect([faults, requests.length]).toEqual([[], 1])
  })
})

const getRequest = 'GET /v1/careers HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'
const postHead = 'POST /v1/leads HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nConnection: close\r\n'

async function open(): Promise<Socket> {
  server ??= await startHttpServer(0, answer, (fault) => `incident-${faults.push(fault)}`)
  const socket = connect(server.port, '127.0.0.1')
  socket.on('error', () => {})
  sockets.push(socket)
  return socket
}

async function exchange(request: string | Buffer): Promise<string> {
  const socket = await open()
  socket.write(request)
  return text(socket)
}

async function readUntil(socket: Socket, marker: string): Promise<string> {
  let received = ''
  socket.on('data', (chunk) => {
    received += String(chunk)
  })
  await waitUntil(() => received.includes(marker))
  return received
}
