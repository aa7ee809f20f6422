import type { OccupationPosition } from './fill-facts.ts'

export type Occupation = { soc: string; title: string; position: OccupationPosition }

/** Names a fact of an occupation. Facts of the first code have the plain metric; those of further codes contain the code. */
export function nameFact(metric: string, label: string, { soc, title, position }: Occupation) {
  const fullLabel = position === 'lone' ? label : `${label}, ${title}`
  return {
    metric: position === 'further' ? `${metric}-${soc}` : metric,
    label: fullLabel.length <= maxLabelLength ? fullLabel : `${fullLabel.slice(0, maxLabelLength - 1)}…`,
  }
}
const maxLabelLength = 120
