import { type Career, career as careerShape } from '#shared/domain/catalog/career.ts'
import type { StoredCareer } from '../careers/read-careers.ts'
import { soc2018 } from '../codes/soc-2018.ts'
import { toSlug } from '../to-slug.ts'
import { createOnetCommand } from './create-onet-command.ts'
import { listOnetCodes } from './fill-onet.ts'
import type { OnetOccupation } from './onet-tables.ts'

export const importCareers = createOnetCommand({
  name: 'careers',
  description:
    'Create a career for each occupation of the O*NET database that has none yet, with its tasks, titles and relations.',
  selectCareers: (stored, occupations) => createCareers(occupations, stored),
})

/** A career for each occupation of SOC 2018 and for each part of one, unless a stored career has its code. */
export function createCareers(occupations: readonly OnetOccupation[], stored: readonly StoredCareer[]): StoredCareer[] {
  const storedCodes = new Set(stored.flatMap(({ career }) => listOnetCodes(career)))
  const usedSlugs = new Set(stored.map(({ id }) => id))
  return occupations.flatMap((occupation) => {
    const soc = occupation.code.slice(0, 7)
    if (storedCodes.has(occupation.code) || !soc2018.has(soc)) return []
    const plainSlug = toSlug(occupation.title, maxSlugLength)
    const id = usedSlugs.has(plainSlug)
      ? toSlug(`${occupation.title.slice(0, 80)} ${occupation.code}`, maxSlugLength)
      : plainSlug
    usedSlugs.add(id)
    return [{ id, version: 0, career: toCareer(occupation, soc) }]
  })
}

function toCareer({ code, title, description }: OnetOccupation, soc: string): Career {
  const isWhole = code.endsWith('.00')
  return careerShape.parse({
    title: title.slice(0, maxTitleLength),
    summary: description,
    soc: [soc],
    ...(!isWhole && { onetSoc: [code] }),
    facts: [],
    sections: [],
  })
}

const maxTitleLength = 120
const maxSlugLength = 100
