import { isOfAnotherState } from '#shared/domain/catalog/is-of-another-state.ts'
import { withoutOlderFacts } from '#shared/domain/catalog/state-figures.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

/** Returns a career as its page shows it; with a state also the facts of that state, which have a row of their own. */
export async function findCareerPage(slug: string, state: string | undefined, catalog: Dependencies['catalog']) {
  const page = await catalog.career(slug)
  if (!page || state === undefined) return page
  const national = page.facts.filter((fact) => !isOfAnotherState(fact, state))
  const stateFacts = withoutOlderFacts(await catalog.stateFacts(slug, state), national)
  return { ...page, facts: [...stateFacts, ...national] }
}
