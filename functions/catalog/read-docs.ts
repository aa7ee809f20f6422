import { readDocs as route } from '#shared/contract/about.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

/** The page is rendered when the Lambda is built, so that no request waits for it. */
export async function readDocs(
  _request: unknown,
  { loadDocsPage }: Pick<Dependencies, 'loadDocsPage'>,
): Promise<Reply<typeof route>> {
  const { html, contentSecurityPolicy } = await loadDocsPage()
  return { status: 200, headers: { 'content-security-policy': contentSecurityPolicy }, body: html }
}

export const handler = defineHandler(route, readDocs)
