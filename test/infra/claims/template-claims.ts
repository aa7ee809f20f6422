import { expect, it } from 'vitest'
import type { Synthesised } from '../synthesised.ts'
import { misfits } from '../templates/against-schema.ts'
import { beyond, limits } from '../templates/limits.ts'
import { dangling, misdefined, misread } from '../templates/references.ts'
import { type Template, template } from '../templates/template.ts'

/** What CloudFormation and AWS would refuse of the templates, and a synth does not. */
export function templateClaims(built: () => Synthesised): void {
  it('fits the schema of every resource', () => {
    expect(templatesOf(built()).flatMap(misfits)).toEqual([])
  })

  it('points at nothing that is not there', () => {
    const all = templatesOf(built())
    expect(all.flatMap((one) => dangling(one, all))).toEqual([])
  })

  it('defines the keys of its tables and no more, and clocks that can be read', () => {
    expect(templatesOf(built()).flatMap((one) => [...misdefined(one), ...misread(one)])).toEqual([])
  })

  it.each(limits)('keeps within $most $what, and would not if one less were the most', (limit) => {
    const all = templatesOf(built())
    expect(all.flatMap((one) => beyond(limit, one))).toEqual([])
    const largest = Math.max(0, ...all.flatMap(limit.sizes))
    expect(largest).toBeGreaterThan(0)
    expect(all.flatMap((one) => beyond({ ...limit, most: largest - 1 }, one))).not.toEqual([])
  })
}

/** All that is wrong, for a stack that is looked at on the side. */
export function faultsOf(built: Synthesised): string[] {
  const all = templatesOf(built)
  return all.flatMap((one) => [
    ...misfits(one),
    ...dangling(one, all),
    ...misdefined(one),
    ...misread(one),
    ...limits.flatMap((limit) => beyond(limit, one)),
  ])
}

function templatesOf({ storage, service, edge }: Synthesised): Template[] {
  return [storage, service, ...(edge ? [edge] : [])].map(({ text }) => template.parse(JSON.parse(text)))
}
