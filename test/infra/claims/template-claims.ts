import { expect, it } from 'vitest'
import type { SynthesizedApp } from '../synthesize.ts'
import { findSchemaErrors } from '../templates/find-schema-errors.ts'
import { findExceeded, limits } from '../templates/limits.ts'
import { findDanglingReferences, findInvalidSchedules, findKeyDefinitionErrors } from '../templates/references.ts'
import { type Template, template } from '../templates/template.ts'

/** What CloudFormation and AWS would refuse of the templates, and a synth does not. */
export function templateClaims(built: () => SynthesizedApp): void {
  it('fits the schema of every resource', () => {
    expect(parseTemplates(built()).flatMap(findSchemaErrors)).toEqual([])
  })

  it('points at nothing that is not there', () => {
    const all = parseTemplates(built())
    expect(all.flatMap((one) => findDanglingReferences(one, all))).toEqual([])
  })

  it('defines the keys of its tables and no more, and clocks that can be read', () => {
    expect(
      parseTemplates(built()).flatMap((one) => [...findKeyDefinitionErrors(one), ...findInvalidSchedules(one)]),
    ).toEqual([])
  })

  it.each(limits)('keeps within $most $what, and would not if one less were the most', (limit) => {
    const all = parseTemplates(built())
    expect(all.flatMap((one) => findExceeded(limit, one))).toEqual([])
    const largest = Math.max(0, ...all.flatMap(limit.sizes))
    expect(largest).toBeGreaterThan(0)
    expect(all.flatMap((one) => findExceeded({ ...limit, most: largest - 1 }, one))).not.toEqual([])
  })
}

/** All that is wrong, for a stack that is looked at on the side. */
export function findTemplateFaults(built: SynthesizedApp): string[] {
  const all = parseTemplates(built)
  return all.flatMap((one) => [
    ...findSchemaErrors(one),
    ...findDanglingReferences(one, all),
    ...findKeyDefinitionErrors(one),
    ...findInvalidSchedules(one),
    ...limits.flatMap((limit) => findExceeded(limit, one)),
  ])
}

function parseTemplates({ storage, service, edge }: SynthesizedApp): Template[] {
  return [storage, service, ...(edge ? [edge] : [])].map(({ text }) => template.parse(JSON.parse(text)))
}
