import { readOpenapi as route } from '#shared/contract/about.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler } from '#shared/http/api.ts'

/** Returns the OpenAPI document. It is loaded on the first request, so that it does not slow the cold start of other routes. */
export async function readOpenapi(): Promise<Reply<typeof route>> {
  const { default: body } = await import('../../openapi.json', { with: { type: 'json' } })
  return { status: 200, body }
}

export const handler = defineHandler(route, readOpenapi)
