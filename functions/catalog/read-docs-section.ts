import { readDocsSection as route } from '#shared/contract/about.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

/** @throws Refusal NOT_FOUND */
export async function readDocsSection(
  { params }: Request<typeof route>,
  { loadDocsPages }: Pick<Dependencies, 'loadDocsPages'>,
): Promise<Reply<typeof route>> {
  const { pages, contentSecurityPolicy } = await loadDocsPages()
  if (!Object.hasOwn(pages, params.section)) throw new Refusal('NOT_FOUND', 'See /docs for all parts.')
  return {
    status: 200,
    headers: { 'content-security-policy': contentSecurityPolicy },
    body: pages[params.section] ?? '',
  }
}

export const handler = defineHandler(route, readDocsSection)
