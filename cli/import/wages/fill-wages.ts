import type { Career } from '#shared/domain/catalog/career.ts'
import { fillFacts } from '../careers/fill-facts.ts'
import type { FilledCareer } from '../careers/plan-careers.ts'
import { toText } from '../files/create-table-reader.ts'
import { buildWageFacts } from './build-wage-facts.ts'
import type { WagesBySoc } from './read-wages.ts'

/** Adds employment and wages of its occupations, with notes about top-coded wages. */
export function fillWages(career: Career, wages: WagesBySoc): FilledCareer {
  return fillFacts(career, 'the wage files', (soc, position) => {
    const areas = wages.get(soc)?.map(({ state, row, release }) => {
      const occupation = { soc, position, title: toText(row('OCC_TITLE')) }
      return buildWageFacts(row, release, { isNation: state === undefined, occupation })
    })
    const topCoded = areas?.flatMap((area) => area.topCoded) ?? []
    const notes = topCoded.map((label) => `${soc}: ${label} is top-coded (#) and is left out.`)
    return areas && { facts: areas.flatMap(({ facts }) => facts), notes }
  })
}
