import type { Career, Fact } from '#shared/domain/catalog/career.ts'
import { isSameFact, mergeFacts } from './merge-facts.ts'
import type { FilledCareer } from './plan-careers.ts'

/** Position of a SOC code among those of a career: a lone code needs no name in labels, and the first code is the main one. */
export type OccupationPosition = 'lone' | 'first' | 'further'
type OccupationFacts = { facts: readonly Fact[]; notes: readonly string[] }

/**
 * Adds the facts of each SOC code of a career. A code that the files do not contain gets a note; nothing is guessed.
 * @param files description of the files, for the note
 * @param findFacts returns the facts of one code, or undefined if the files do not contain it
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

/** Warns if the files are older than the stored facts, in case the wrong file was used. */
function warnAboutNewerFacts(currentFacts: readonly Fact[], newFacts: readonly Fact[]): string[] {
  const warnings = currentFacts.flatMap((currentFact) => {
    const replacement = newFacts.find((fact) => isSameFact(fact, currentFact))
    return replacement && Date.parse(currentFact.asOf) > Date.parse(replacement.asOf)
      ? [`The stored fact of ${currentFact.period} is newer than ${replacement.period}`]
      : []
  })
  return [...new Set(warnings)].map((warning) => `${warning}. Check the file.`)
}

/** The note for a code that the files do not contain. */
export function missingCodeNote(soc: string, files: string): string {
  return `${soc} is not in ${files}. It may be from an older classification: correct the career's soc.`
}
