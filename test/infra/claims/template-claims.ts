import { expect, it } from 'vitest'
import type { SynthesizedApp } from '../synthesize.ts'
import { findExceeded, limits } from '../templates/limits.ts'
import { findDanglingReferences, findInvalidSchedules, findKeyDefinitionErrors } from '../templates/references.ts'
import { type Template, template } from '../templates/template.ts'

/** Faults that a deployment would reject and a synthesis does not. Property types are checked by the CDK and the compiler. */
export function templateClaims(built: () => SynthesizedApp): void {
  it('refer only to resources that exist', () => {
    const all = parseTemplates(built())
    expect(all.flatMap((one) => findDanglingReferences(one, all))).toEqual([])
  })

  it('define exactly the keys of their tables, and valid schedules', () => {
    expect(
      parseTemplates(built()).flatMap((one) => [...findKeyDefinitionErrors(one), ...findInvalidSchedules(one)]),
    ).toEqual([])
  })

  it.each(limits)('stay within $most $what, and exceed a limit below their size', (limit) => {
    const all = parseTemplates(built())
    expect(all.flatMap((one) => findExceeded(limit, one))).toEqual([])
    const largest = Math.max(0, ...all.flatMap(limit.sizes))
    expect(largest).toBeGreaterThan(0)
    expect(all.flatMap((one) => findExceeded({ ...limit, most: largest - 1 }, one))).not.toEqual([])
  })
}

/** Returns all faults of the templates. */
export function findTemplateFaults(built: SynthesizedApp): string[] {
  const all = parseTemplates(built)
  return all.flatMap((one) => [
    ...findDanglingReferences(one, all),
    ...findKeyDefinitionErrors(one),
    ...findInvalidSchedules(one),
    ...limits.flatMap((limit) => findExceeded(limit, one)),
  ])
}

function parseTemplates({ storage, service, edge }: SynthesizedApp): Template[] {
  return [storage, service, ...(edge ? [edge] : [])].map(({ text }) => template.parse(JSON.parse(text)))
}
