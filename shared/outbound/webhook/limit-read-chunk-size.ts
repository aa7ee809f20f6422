import type { Socket } from 'node:net'

const maxChunkBytes = 4 * 1024

/**
 * Makes a socket return small chunks, and nothing after it was destroyed. undici parses the rest of a chunk after the
 * header limit: a chunk of 64 KiB may hold 13,000 headers, which take 5 MiB as objects.
 */
export function limitReadChunkSize<SocketType extends Socket>(socket: SocketType): SocketType {
  const read = socket.read.bind(socket)
  socket.read = (size?: number) => {
    if (socket.destroyed) return null
    return read(size ?? (socket.readableLength > maxChunkBytes ? maxChunkBytes : undefined))
  }
  return socket
}
