import type { Socket } from 'node:net'

const maxChunkBytes = 4 * 1024

/**
 * Lets a reader have a little at a time, and nothing once the socket is destroyed. undici goes on with the chunk at hand
 * after headers have become too many: one of 64 KiB may hold 13,000 of them, 5 MiB as objects.
 */
export function limitReadChunkSize<SocketType extends Socket>(socket: SocketType): SocketType {
  const read = socket.read.bind(socket)
  socket.read = (size?: number) => {
    if (socket.destroyed) return null
    return read(size ?? (socket.readableLength > maxChunkBytes ? maxChunkBytes : undefined))
  }
  return socket
}
