import { readDocs as route } from '#shared/contract/about.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

/** The page is rendered when the Lambda is built, so that no request waits for it. */
export async function readDocs(
  _request: unknown,
  { loadDocsPages }: Pick<Dependencies, 'loadDocsPages'>,
): Promise<Reply<typeof route>> {
  const { pages, contentSecurityPolicy } = await loadDocsPages()
  return { status: 200, headers: { 'content-security-policy': contentSecurityPolicy }, body: pages.overview ?? '' }
}

export const handler = defineHandler(route, readDocs)
