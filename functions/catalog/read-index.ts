import { readIndex as route } from '#shared/contract/about.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler } from '#shared/http/api.ts'

/** Returns where the documentation, the state and the pages of this host are. */
export async function readIndex(): Promise<Reply<typeof route>> {
  return { status: 200, body: { name: 'Prospectus', links } }
}

const links = {
  docs: '/docs',
  openapi: '/openapi.json',
  careers: '/v1/careers',
  health: '/health',
  ready: '/health/ready',
  console: '/console',
  portal: '/portal',
  publisher: '/publisher',
}

export const handler = defineHandler(route, readIndex)
