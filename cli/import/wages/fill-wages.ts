import type { Career } from '#shared/domain/catalog/career.ts'
import { fillFacts } from '../careers/fill-facts.ts'
import type { Filled } from '../careers/plan-careers.ts'
import { textOf } from '../files/table.ts'
import type { WagesBySoc } from './read-wages.ts'
import { wageFacts } from './wage-facts.ts'

/** A career with employment and wages of its occupations, and word of what is too high to be told. */
export function fillWages(career: Career, wages: WagesBySoc): Filled {
  return fillFacts(career, 'the files of wages', (soc, place) => {
    const read = wages.get(soc)?.map(({ state, row, release }) => {
      const of = { soc, place, title: textOf(row('OCC_TITLE')) }
      return wageFacts(row, release, { isNation: state === undefined, of })
    })
    const topCoded = read?.flatMap((some) => some.topCoded) ?? []
    const notes = topCoded.map(
      (label) => `${soc}: ${label} is at or above the highest that is told (#), and is left out.`,
    )
    return read && { facts: read.flatMap(({ facts }) => facts), notes }
  })
}
