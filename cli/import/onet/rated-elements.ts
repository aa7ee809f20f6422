import type { Career } from '#shared/domain/catalog/career.ts'
import type { ElementKind, OnetOccupation } from './onet-tables.ts'

const elementKinds = ['skills', 'knowledge', 'interests'] as const satisfies readonly ElementKind[]

const headings = {
  skills: 'Skills that matter most',
  knowledge: 'Knowledge that matters most',
  interests: 'Interests that fit this work best',
} as const satisfies { [kind in ElementKind]: string }

/** How many of each are shown: O*NET ranks all 35 skills and 33 fields of knowledge for every occupation. */
const maxElements = { skills: 10, knowledge: 6, interests: 3 } as const satisfies { [kind in ElementKind]: number }
const maxTechnologies = 15

type Section = Career['sections'][number]

/** The sections that the occupations of a career have data for, the highest rated first. Their body is empty without data. */
export function buildElementSections(occupations: readonly OnetOccupation[]): Section[] {
  return [
    ...elementKinds.map((kind) => ({
      id: `onet-${kind}`,
      heading: headings[kind],
      body: formatList(rankElements(occupations, kind).slice(0, maxElements[kind])),
    })),
    {
      id: 'onet-technology',
      heading: 'Software and technology',
      body: formatList(rankTechnologies(occupations).slice(0, maxTechnologies)),
    },
  ]
}

/** An element of several occupations has its highest value. */
function rankElements(occupations: readonly OnetOccupation[], kind: ElementKind): string[] {
  const values = new Map<string, number>()
  for (const { name, value } of occupations.flatMap(({ elements }) => elements[kind]))
    values.set(name, Math.max(value, values.get(name) ?? 0))
  return [...values].toSorted(([, a], [, b]) => b - a).map(([name]) => name)
}

/** What employers ask for most (`Hot Technology`) first, otherwise in the order of the file. */
function rankTechnologies(occupations: readonly OnetOccupation[]): string[] {
  const all = occupations.flatMap(({ technologies }) => technologies)
  return [...new Set(all.toSorted((a, b) => Number(b.isHot) - Number(a.isHot)).map(({ name }) => name))]
}

function formatList(names: readonly string[]): string {
  return names.map((name) => `- ${name}`).join('\n')
}
