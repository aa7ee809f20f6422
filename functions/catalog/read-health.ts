import { readHealth as route } from '#shared/contract/about.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler } from '#shared/http/api.ts'

/** Returns `ok`: the process is reachable. */
export async function readHealth(): Promise<Reply<typeof route>> {
  return { status: 200, body: { status: 'ok' } }
}

export const handler = defineHandler(route, readHealth)
