import type { Kind } from '../keys.ts'
import type { ComposedStore } from './composed.ts'
import { type Composer, composeCampaign, composeCareer, composeProgram } from './composers.ts'
import type { RecordStore } from './records.ts'

/** Composes anew what depends on a record that was written or removed: pages, listings, forms and routing candidates. */
export function publisher(records: RecordStore, composed: ComposedStore) {
  return async (kind: Kind, id: string): Promise<void> => {
    const touched: { [kind in Kind]: Set<string> } = {
      schools: new Set(),
      programs: new Set(),
      careers: new Set(),
      campaigns: new Set(),
      sources: new Set(),
    }
    touched[kind].add(id)
    for (const [each, compose] of steps)
      for (const one of [...touched[each]]) {
        // Asked before and after: what depends on it no longer must lose it, what does so now must gain it.
        await note(each, one)
        await composed.compose(each, one, () => compose(one, records, composed))
        await note(each, one)
      }
    if (kind !== 'careers') return
    for (const related of await composed.dependents('careers', id, 'careers'))
      await composed.compose('careers', related, () => composeCareer(related, records, composed))

    async function note(each: Kind, one: string) {
      for (const of of dependents[each])
        for (const found of await composed.dependents(each, one, of)) touched[of].add(found)
    }
  }
}

// In this order, each is composed from what stands before it.
const steps: readonly [Kind, Composer][] = [
  ['schools', async () => []],
  ['programs', composeProgram],
  ['careers', composeCareer],
  ['campaigns', composeCampaign],
]

/** Whose composed rows tell something of a record of this kind. Related careers, which go one step only, come last. */
const dependents: { [kind in Kind]: readonly Kind[] } = {
  schools: ['programs', 'campaigns'],
  programs: ['careers', 'campaigns'],
  careers: [],
  campaigns: [],
  sources: [],
}
