import type { Career } from '#shared/domain/career.ts'
import { mergeFacts } from '../careers/merge-facts.ts'
import { occupationsOf } from '../careers/occupations-of.ts'
import type { Filled } from '../careers/plan-careers.ts'
import { textOf } from '../files/table.ts'
import type { WagesBySoc } from './read-wages.ts'
import { wageFacts } from './wage-facts.ts'

/** A career with the facts of its occupations. A code that the files do not have is told; nothing is put in its place. */
export function fillWages(career: Career, wages: WagesBySoc): Filled {
  const told = occupationsOf(career, 'the files of wages').map(({ soc, place, absent }) => {
    const areas = wages.get(soc) ?? []
    if (areas.length === 0) return { facts: [], notes: [absent] }
    const read = areas.map(({ state, row, release }) => {
      const of = { soc, place, title: textOf(row('OCC_TITLE')) }
      return wageFacts(row, release, { isNation: state === undefined, of })
    })
    const topCoded = read.flatMap((some) => some.topCoded)
    const notes = topCoded.map(
      (label) => `${soc}: ${label} is at or above the highest that is told (#), and is left out.`,
    )
    return { facts: read.flatMap(({ facts }) => facts), notes }
  })
  const facts = told.flatMap((some) => some.facts)
  return { career: { ...career, facts: mergeFacts(career.facts, facts) }, notes: told.flatMap(({ notes }) => notes) }
}
