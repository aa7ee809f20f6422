import type { StoredRecordKind } from '../keys.ts'
import type { ComposedStore } from './composed-store.ts'
import { type Composer, composeCampaign, composeCareer, composeProgram } from './composers.ts'
import type { RecordStore } from './record-store.ts'

/** Composes anew what depends on a record that was written or removed: pages, listings, forms and routing candidates. */
export function createPublisher(records: RecordStore, composed: ComposedStore) {
  return async (kind: StoredRecordKind, id: string): Promise<void> => {
    const affectedIds: { [kind in StoredRecordKind]: Set<string> } = {
      schools: new Set(),
      programs: new Set(),
      careers: new Set(),
      campaigns: new Set(),
      sources: new Set(),
    }
    affectedIds[kind].add(id)
    for (const [each, compose] of steps)
      for (const recordId of [...affectedIds[each]]) {
        // Asked before and after: what depends on it no longer must lose it, what does so now must gain it.
        await markDependents(each, recordId)
        await composed.compose(each, recordId, () => compose(recordId, records, composed))
        await markDependents(each, recordId)
      }
    if (kind !== 'careers') return
    for (const relatedSlug of await composed.listDependents('careers', id, 'careers'))
      await composed.compose('careers', relatedSlug, () => composeCareer(relatedSlug, records, composed))

    async function markDependents(each: StoredRecordKind, recordId: string) {
      for (const dependentKind of dependents[each])
        for (const dependentId of await composed.listDependents(each, recordId, dependentKind))
          affectedIds[dependentKind].add(dependentId)
    }
  }
}

// In this order, each is composed from what stands before it.
const steps: readonly [StoredRecordKind, Composer][] = [
  ['schools', async () => []],
  ['programs', composeProgram],
  ['careers', composeCareer],
  ['campaigns', composeCampaign],
]

/** Whose composed rows tell something of a record of this kind. Related careers, which go one step only, come last. */
const dependents: { [kind in StoredRecordKind]: readonly StoredRecordKind[] } = {
  schools: ['programs', 'campaigns'],
  programs: ['careers', 'campaigns'],
  careers: [],
  campaigns: [],
  sources: [],
}
