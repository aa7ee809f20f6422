import { isStale } from '#shared/domain/catalog/fact.ts'
import { isOfAnotherState } from '#shared/domain/catalog/pages/is-of-another-state.ts'
import { withoutOlderFacts } from '#shared/domain/catalog/state-figures.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type FindCareerPageDependencies = Pick<Dependencies, 'catalog' | 'now'>

/**
 * Returns a career as its page shows it, or undefined if there is none: with a state also the facts of that state, which have a row of
 * their own. Sources are numbered in the order of the facts that they are of, and facts that have expired by now are stale.
 */
export async function findCareerPage(
  slug: string,
  state: string | undefined,
  { catalog, now }: FindCareerPageDependencies,
) {
  const page = await catalog.career(slug)
  if (!page) return undefined
  const national = state === undefined ? page.facts : page.facts.filter((fact) => !isOfAnotherState(fact, state))
  const stateFacts = state === undefined ? [] : withoutOlderFacts(await catalog.stateFacts(slug, state), national)
  const facts = [...stateFacts, ...national]
  const credits = [...facts.map(({ source }) => source), ...page.attributions]
  const names = [...new Set(credits.map(({ name }) => name))]
  const at = now()
  return {
    ...page,
    facts: facts.map((fact) => ({
      ...fact,
      footnote: names.indexOf(fact.source.name) + 1,
      stale: isStale(fact, at),
    })),
    degreeOptions: page.degreeOptions.map((option, index) => ({
      position: index + 1,
      ...option,
      schools: `/v1/careers/${slug}/schools?level=${option.level}`,
    })),
    attributions: names.map((name, index) => ({
      footnote: index + 1,
      ...credits.findLast((credit) => credit.name === name),
      name,
    })),
  }
}
