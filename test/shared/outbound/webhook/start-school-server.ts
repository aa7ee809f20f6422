import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo, Server } from 'node:net'
import { networkInterfaces } from 'node:os'
import { text } from 'node:stream/consumers'

/** A loopback address other than 127.0.0.1: Linux has all of 127.0.0.0/8, macOS only the one of IPv6. */
export const otherLoopback = process.platform === 'linux' ? '127.0.0.2' : '::1'
export const hasIPv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'))

/** A school's server on this machine that counts its TCP connections. */
export async function startSchoolServer(
  respond: RequestListener = (_, response) => response.end('ok'),
  host = '127.0.0.1',
) {
  const requests: { method: string; path: string; headers: IncomingMessage['headers']; body: string }[] = []
  const server = createServer(async (request, response) => {
    const { method = '', url: path = '', headers } = request
    requests.push({ method, path, headers, body: await text(request) })
    respond(request, response)
  })
  return { requests, server, ...(await startCountingServer(server, host)) }
}

/** Starts to listen; disposal closes all connections. */
export async function startCountingServer(server: Server, host = '127.0.0.1', requestedPort = 0) {
  const sockets = new Set<{ destroy: () => unknown }>()
  let connections = 0
  server.on('connection', (socket) => {
    connections += 1
    sockets.add(socket)
    socket.on('error', () => {})
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(requestedPort, host, resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    port,
    connections: () => connections,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Resolves when the first connection is closed by either side. */
export function waitForHangUp(server: Server): Promise<unknown> {
  return new Promise((resolve) => server.once('connection', (socket) => socket.once('close', resolve)))
}
