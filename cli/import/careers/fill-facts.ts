import type { Career, Fact } from '#shared/domain/catalog/career.ts'
import { mergeFacts, saysTheSame } from './merge-facts.ts'
import type { Filled } from './plan-careers.ts'

/** Where a code stands among those of a career: a lone one needs no name, and the first one is the career's own. */
export type Place = 'lone' | 'first' | 'further'
type Brought = { facts: readonly Fact[]; notes: readonly string[] }

/**
 * A career with the facts of the occupations that it is counted under. A code that is nowhere is told; nothing is guessed.
 * @param files how they are called in that complaint
 * @param bring the facts of one code; nothing where the files do not have it
 */
export function fillFacts(
  career: Career,
  files: string,
  bring: (soc: string, place: Place) => Brought | undefined,
): Filled {
  const codes = [...new Set(career.soc)]
  const brought = codes.map((soc, index) => {
    const place = codes.length === 1 ? 'lone' : index === 0 ? 'first' : 'further'
    return bring(soc, place) ?? { facts: [], notes: [absent(soc, files)] }
  })
  const facts = brought.flatMap((some) => some.facts)
  return {
    career: { ...career, facts: mergeFacts(career.facts, facts) },
    notes: [...brought.flatMap(({ notes }) => notes), ...newerOnes(career.facts, facts)],
  }
}

/** Somebody may have taken the file of another year by mistake. */
function newerOnes(standing: readonly Fact[], brought: readonly Fact[]): string[] {
  const newer = standing.flatMap((old) => {
    const fresh = brought.find((fact) => saysTheSame(fact, old))
    return fresh && Date.parse(old.asOf) > Date.parse(fresh.asOf)
      ? [`${old.period} stands, which is newer than ${fresh.period}`]
      : []
  })
  return [...new Set(newer)].map((told) => `${told}. Is it the right file?`)
}

/** The complaint about a code that files do not have. */
export function absent(soc: string, files: string): string {
  return `${soc} is not in ${files}. Is it of an older classification? Nothing is guessed: mend the career's soc.`
}
