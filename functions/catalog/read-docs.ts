import { readDocs as route } from '#shared/contract/about.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler } from '#shared/http/api.ts'

/** Drawn when it is first asked for; caches keep it from then on. */
export async function readDocs(): Promise<Reply<typeof route>> {
  const [{ apiDocsPage }, { docsPolicy }, { default: openapi }] = await Promise.all([
    import('#shared/contract/docs/api-docs-page.ts'),
    import('#shared/contract/docs/docs-style.ts'),
    import('../../openapi.json', { with: { type: 'json' } }),
  ])
  return { status: 200, headers: { 'content-security-policy': docsPolicy }, body: apiDocsPage(openapi) }
}

export const handler = defineHandler(route, readDocs)
