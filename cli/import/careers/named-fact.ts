import type { Place } from './fill-facts.ts'

export type Occupation = { soc: string; title: string; place: Place }

/** How a fact of an occupation is called. Those of the first one have the plain metric; a further one has its code in it. */
export function namedFact(metric: string, label: string, { soc, title, place }: Occupation) {
  const whole = place === 'lone' ? label : `${label}, ${title}`
  return {
    metric: place === 'further' ? `${metric}-${soc}` : metric,
    label: whole.length <= longestLabel ? whole : `${whole.slice(0, longestLabel - 1)}…`,
  }
}
const longestLabel = 120
