import type { Dependencies } from '../../platform/dependencies.ts'
import { type ComposeRows, composeCampaign, composeCareer, composeProgram } from '../../store/catalog/compose-rows.ts'
import type { StoredRecordKind } from '../../store/keys.ts'

type PublishRecordDependencies = Pick<Dependencies, 'records' | 'composed'>

/** Composes again the pages, listings, forms and routing candidates that depend on a written or removed record. */
export async function publishRecord(
  kind: StoredRecordKind,
  id: string,
  { records, composed }: PublishRecordDependencies,
): Promise<void> {
  const affectedIds: { [kind in StoredRecordKind]: Set<string> } = {
    schools: new Set(),
    programs: new Set(),
    careers: new Set(),
    campaigns: new Set(),
    sources: new Set(),
  }
  affectedIds[kind].add(id)
  for (const [stepKind, composeRows] of steps)
    for (const recordId of [...affectedIds[stepKind]]) {
      // Composing changes the links: former dependents must drop the record, new ones must show it.
      await addDependents(stepKind, recordId)
      await composed.compose(stepKind, recordId, () => composeRows(recordId, records, composed))
      await addDependents(stepKind, recordId)
    }
  if (kind !== 'careers') return
  for (const relatedSlug of await composed.listDependents('careers', id, 'careers'))
    await composed.compose('careers', relatedSlug, () => composeCareer(relatedSlug, records, composed))

  async function addDependents(stepKind: StoredRecordKind, recordId: string) {
    for (const dependentKind of dependentKinds[stepKind])
      for (const dependentId of await composed.listDependents(stepKind, recordId, dependentKind))
        affectedIds[dependentKind].add(dependentId)
  }
}

// The order matters: rows are composed from the rows of the kinds before them.
const steps: readonly [StoredRecordKind, ComposeRows][] = [
  ['schools', async () => []],
  ['programs', composeProgram],
  ['careers', composeCareer],
  ['campaigns', composeCampaign],
]

/** The kinds whose rows show something of a record of this kind. Related careers, one step away, are composed last. */
const dependentKinds: { [kind in StoredRecordKind]: readonly StoredRecordKind[] } = {
  schools: ['programs', 'campaigns'],
  programs: ['careers', 'campaigns'],
  careers: [],
  campaigns: [],
  sources: [],
}
