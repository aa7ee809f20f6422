import type { KeptConnections } from '#shared/outbound/webhook/create-post-webhook.ts'
import type { SchoolConnection } from '#shared/outbound/webhook/open-connection.ts'

// As many as the queue sends at once, and as one school takes at once unless its record says otherwise.
const defaultMaxIdle = 60
const defaultMaxIdlePerOrigin = 10

/**
 * Keeps connections to schools between requests, the latest used first. One that the school, or four idle seconds, closed is
 * dropped when it is come across; one that leads to an address that its host no longer has is closed.
 */
export function createKeptConnections({
  maxIdle = defaultMaxIdle,
  maxIdlePerOrigin = defaultMaxIdlePerOrigin,
} = {}): KeptConnections & { close: () => Promise<void> } {
  /** Longest idle first. */
  const idle = new Set<SchoolConnection>()
  let isClosed = false

  const listIdle = (origin: string) => [...idle].filter((connection) => connection.origin === origin)
  function drop(connection: SchoolConnection): Promise<void> {
    idle.delete(connection)
    return connection.close()
  }

  return {
    take(origin, addresses) {
      for (const connection of listIdle(origin).reverse()) {
        if (connection.isReusable() && addresses.includes(connection.getAddress() ?? '')) {
          idle.delete(connection)
          return connection
        }
        void drop(connection)
      }
      return undefined
    },

    giveBack(connection) {
      if (isClosed || !connection.isReusable()) return void connection.close()
      idle.add(connection)
      const [longestIdleOfOrigin, ...othersOfOrigin] = listIdle(connection.origin)
      const [longestIdle] = idle
      const surplus = othersOfOrigin.length >= maxIdlePerOrigin ? longestIdleOfOrigin : longestIdle
      if (surplus && (othersOfOrigin.length >= maxIdlePerOrigin || idle.size > maxIdle)) void drop(surplus)
    },

    async close() {
      isClosed = true
      await Promise.all([...idle].map(drop))
    },
  }
}
