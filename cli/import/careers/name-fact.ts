import type { OccupationPosition } from './fill-facts.ts'

export type Occupation = { soc: string; title: string; position: OccupationPosition }

/** How a fact of an occupation is called. Those of the first one have the plain metric; a further one has its code in it. */
export function nameFact(metric: string, label: string, { soc, title, position }: Occupation) {
  const fullLabel = position === 'lone' ? label : `${label}, ${title}`
  return {
    metric: position === 'further' ? `${metric}-${soc}` : metric,
    label: fullLabel.length <= maxLabelLength ? fullLabel : `${fullLabel.slice(0, maxLabelLength - 1)}…`,
  }
}
const maxLabelLength = 120
