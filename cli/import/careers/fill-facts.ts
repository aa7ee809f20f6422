import type { Career, Fact } from '#shared/domain/catalog/career.ts'
import { isSameFact, mergeFacts } from './merge-facts.ts'
import type { FilledCareer } from './plan-careers.ts'

/** Where a code stands among those of a career: a lone one needs no name, and the first one is the career's own. */
export type OccupationPosition = 'lone' | 'first' | 'further'
type OccupationFacts = { facts: readonly Fact[]; notes: readonly string[] }

/**
 * A career with the facts of the occupations that it is counted under. A code that is nowhere is told; nothing is guessed.
 * @param files how they are called in that complaint
 * @param findFacts the facts of one code; nothing where the files do not have it
 */
export function fillFacts(
  career: Career,
  files: string,
  findFacts: (soc: string, position: OccupationPosition) => OccupationFacts | undefined,
): FilledCareer {
  const codes = [...new Set(career.soc)]
  const results = codes.map((soc, index) => {
    const position = codes.length === 1 ? 'lone' : index === 0 ? 'first' : 'further'
    return findFacts(soc, position) ?? { facts: [], notes: [missingCodeNote(soc, files)] }
  })
  const facts = results.flatMap((result) => result.facts)
  return {
    career: { ...career, facts: mergeFacts(career.facts, facts) },
    notes: [...results.flatMap(({ notes }) => notes), ...warnAboutNewerFacts(career.facts, facts)],
  }
}

/** Somebody may have taken the file of another year by mistake. */
function warnAboutNewerFacts(currentFacts: readonly Fact[], newFacts: readonly Fact[]): string[] {
  const warnings = currentFacts.flatMap((currentFact) => {
    const replacement = newFacts.find((fact) => isSameFact(fact, currentFact))
    return replacement && Date.parse(currentFact.asOf) > Date.parse(replacement.asOf)
      ? [`${currentFact.period} stands, which is newer than ${replacement.period}`]
      : []
  })
  return [...new Set(warnings)].map((warning) => `${warning}. Is it the right file?`)
}

/** The complaint about a code that files do not have. */
export function missingCodeNote(soc: string, files: string): string {
  return `${soc} is not in ${files}. Is it of an older classification? Nothing is guessed: mend the career's soc.`
}
