import type { Fact } from '../fact.ts'

/** One metric of several careers; `null`: a career has no such figure. */
export type ComparedMetric = { metric: string; facts: (Fact | null)[] }

/**
 * The national facts of several careers, metric by metric, in the order in which the first career with it has them. Facts of further
 * occupations of a career, whose metrics contain a code, have no counterpart and are left out.
 */
export function compareFacts(careers: readonly (readonly Fact[])[]): ComparedMetric[] {
  const national = careers.map((facts) =>
    facts.filter(({ geography, metric }) => geography === 'United States' && !/-\d{2}-\d{4}$/.test(metric)),
  )
  const metrics = new Set(national.flat().map(({ metric }) => metric))
  return [...metrics].map((metric) => ({
    metric,
    facts: national.map((facts) => facts.find((fact) => fact.metric === metric) ?? null),
  }))
}
