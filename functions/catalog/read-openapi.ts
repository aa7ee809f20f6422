import { readOpenapi as route } from '#shared/contract/about.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler } from '#shared/http/api.ts'

/** Loaded when it is first asked for: no other route should wait for it at a cold start. */
export async function readOpenapi(): Promise<Reply<typeof route>> {
  const { default: body } = await import('../../openapi.json', { with: { type: 'json' } })
  return { status: 200, body }
}

export const handler = defineHandler(route, readOpenapi)
