import { once } from 'node:events'
import { createServer as createTcpServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { createKeptConnections } from '#local/workers/create-kept-connections.ts'
import { createPostWebhook } from '#shared/outbound/webhook/create-post-webhook.ts'
import {
  otherLoopback,
  startCountingServer,
  startSchoolServer,
} from '#test/shared/outbound/webhook/start-school-server.ts'

const lead = { headers: { 'content-type': 'application/json', 'webhook-id': 'dlv_1' }, body: '{}' }
const toRequest = (port: number, path = '/') => ({ ...lead, url: `http://127.0.0.1:${port}${path}` })

function createPost(options: Parameters<typeof createKeptConnections>[0] = {}) {
  const connections = createKeptConnections(options)
  return { connections, post: createPostWebhook({ settings: { loopback: 'allowed' }, connections }) }
}

describe('kept connections', () => {
  it('carry one request after the other, to any path of the school', async () => {
    await using school = await startSchoolServer()
    const { post } = createPost()
    for (const path of ['/leads', '/leads', '/notices'])
      expect(await post(toRequest(school.port, path))).toMatchObject({ stage: 'answered', status: 200, body: 'ok' })
    expect(school.connections()).toBe(1)
    expect(school.requests.map(({ path }) => path)).toEqual(['/leads', '/leads', '/notices'])
  })

  it('are as many as requests at once, and never more than allowed in all and for each school', async () => {
    await using school = await startSchoolServer()
    await using otherSchool = await startSchoolServer()
    const { post } = createPost({ maxIdle: 3, maxIdlePerOrigin: 2 })
    const postToAll = () =>
      Promise.all([school, school, school, otherSchool, otherSchool].map(({ port }) => post(toRequest(port))))
    await postToAll()
    expect([school.connections(), otherSchool.connections()]).toEqual([3, 2])
    await postToAll()
    // Three were kept, so two are new.
    expect(school.connections() + otherSchool.connections()).toBe(7)
  })

  it('are replaced if the school closed them meanwhile', async () => {
    await using school = await startSchoolServer((_, response) => {
      response.end('ok')
      response.once('finish', () => response.socket?.end())
    })
    const { post } = createPost()
    for (let count = 0; count < 20; count++) expect(await post(toRequest(school.port))).toMatchObject({ status: 200 })
    expect(school.requests).toHaveLength(20)
  })

  it('that the school is about to close are not used again', async () => {
    await using school = await startSchoolServer()
    // The client subtracts two seconds, so that no request crosses the end of the connection.
    school.server.keepAliveTimeout = 2000
    const { post } = createPost()
    await post(toRequest(school.port))
    await post(toRequest(school.port))
    expect(school.connections()).toBe(2)
  })

  it('that end before any byte of a response have their request sent once more, with the same id', async () => {
    await using school = await startDroppingServer((count) => count === 2)
    const { post } = createPost()
    await post(toRequest(school.port))
    expect(await post(toRequest(school.port))).toMatchObject({ stage: 'answered', status: 200 })
    expect(school.ids).toEqual(['dlv_1', 'dlv_1', 'dlv_1'])
  })

  it('have their request sent no third time', async () => {
    await using school = await startDroppingServer((count) => count > 1)
    const { post } = createPost()
    await post(toRequest(school.port))
    expect(await post(toRequest(school.port))).toMatchObject({ stage: 'send', reason: 'UND_ERR_SOCKET' })
    expect(school.ids).toHaveLength(3)
  })

  it('that end after the first byte of a response do not have their request sent again', async () => {
    await using school = await startDroppingServer((count) => count > 1, 'H')
    const { post } = createPost()
    await post(toRequest(school.port))
    expect(await post(toRequest(school.port))).toMatchObject({ stage: 'send' })
    expect(school.ids).toHaveLength(2)
  })

  it('say that the school may have the lead, if a lost request cannot be sent once more', async () => {
    await using school = await startDroppingServer((count) => {
      if (count > 1) school.stopListening()
      return count > 1
    })
    const { post } = createPost()
    await post(toRequest(school.port))
    expect(await post(toRequest(school.port))).toMatchObject({ stage: 'send', reason: 'UND_ERR_SOCKET' })
  })

  it('leave a new connection that ends as it is: its request is not sent again', async () => {
    await using school = await startDroppingServer(() => true)
    const { post } = createPost()
    expect(await post(toRequest(school.port))).toMatchObject({ stage: 'send' })
    expect(school.ids).toHaveLength(1)
  })

  it('are closed once the host of the school has another address', async () => {
    await using school = await startSchoolServer()
    const addresses = ['127.0.0.1']
    const resolve = async () => addresses.map((address) => ({ address }))
    const post = createPostWebhook({ settings: { loopback: 'allowed' }, resolve, connections: createKeptConnections() })
    const request = { ...lead, url: `http://localhost:${school.port}/` }
    expect(await post(request)).toMatchObject({ status: 200 })
    const hungUp = once(school.server, 'close')
    addresses[0] = otherLoopback
    expect(await post(request)).toMatchObject({ stage: 'connect', reason: 'ECONNREFUSED' })
    school.server.close()
    await hungUp
    expect(school.requests).toHaveLength(1)
  })

  it('are not used once the SSRF guard refuses an address of the host', async () => {
    await using school = await startSchoolServer()
    const addresses = ['127.0.0.1']
    const resolve = async () => addresses.map((address) => ({ address }))
    const post = createPostWebhook({ settings: { loopback: 'allowed' }, resolve, connections: createKeptConnections() })
    const request = { ...lead, url: `http://localhost:${school.port}/` }
    await post(request)
    addresses.push('169.254.169.254')
    expect(await post(request)).toMatchObject({ stage: 'refused' })
    expect(school.requests).toHaveLength(1)
  })

  it('are not kept if headers of a response had to be rewritten', async () => {
    await using school = await startCountingServer(
      createTcpServer((socket) =>
        socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length : 2\r\n\r\nok')),
      ),
    )
    const { post } = createPost()
    await post(toRequest(school.port))
    await post(toRequest(school.port))
    expect(school.connections()).toBe(2)
  })

  it('give no request the rest of an earlier response', async () => {
    await using school = await startCountingServer(
      createTcpServer((socket) =>
        socket.once('data', () =>
          socket.write(
            'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nokHTTP/1.1 500 Smuggled\r\ncontent-length: 0\r\n\r\n',
          ),
        ),
      ),
    )
    const { post } = createPost()
    await post(toRequest(school.port))
    expect(await post(toRequest(school.port))).toMatchObject({ status: 200 })
    expect(school.connections()).toBe(2)
  })

  it('are all closed in the end, and none is kept later', async () => {
    await using school = await startSchoolServer()
    const { connections, post } = createPost()
    await post(toRequest(school.port))
    await connections.close()
    await post(toRequest(school.port))
    school.server.close()
    await once(school.server, 'close')
    expect(school.connections()).toBe(2)
  })
})

/** Drops the connection of a request, by its count, after `bytes` of a response. */
async function startDroppingServer(isDropped: (count: number) => boolean, bytes = '') {
  const ids: string[] = []
  const server = createTcpServer((socket) =>
    socket.on('data', (chunk) => {
      ids.push(/webhook-id: (\S+)/.exec(String(chunk))?.[1] ?? '')
      if (!isDropped(ids.length)) return void socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok')
      if (bytes === '') socket.destroy()
      else socket.end(bytes)
    }),
  )
  return { ids, stopListening: () => server.close(), ...(await startCountingServer(server)) }
}
