import { compareCareers as route } from '#shared/contract/catalog/comparisons.ts'
import type { Reply } from '#shared/contract/route.ts'
import { compareFacts } from '#shared/domain/catalog/pages/compare-facts.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type CompareCareersDependencies = Pick<Dependencies, 'catalog'>

/** Returns the national figures of careers side by side. Careers that do not exist are left out. */
export async function compareCareers(
  { query }: Request<typeof route>,
  { catalog }: CompareCareersDependencies,
): Promise<Reply<typeof route>> {
  const pages = await Promise.all(query.slugs.map((slug) => catalog.career(slug)))
  const careers = pages.flatMap((page) => page ?? [])
  return {
    status: 200,
    body: {
      careers: careers.map(({ slug, title, summary }) => ({ slug, title, summary })),
      metrics: compareFacts(careers.map(({ facts }) => facts)),
    },
  }
}

export const handler = defineHandler(route, compareCareers)
