import { addSeconds } from '../../domain/time.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import {
  type ComposeRows,
  composeCampaign,
  composeCareer,
  composeProgram,
  composeStateFigures,
} from '../../store/catalog/compose-rows.ts'
import { type IntentKind, openIntentWrite, type PublishIntent } from '../../store/catalog/publish-intents.ts'
import type { RecordStore, StoredRecord } from '../../store/catalog/record-store.ts'
import type { Key } from '../../store/engine/engine.ts'
import { linkKey, type StoredRecordKind } from '../../store/keys.ts'
import { conflictRefusal, retryOnConflict } from '../../store/retry-on-conflict.ts'

export type PublishRecordDependencies = Pick<
  Dependencies,
  'records' | 'composed' | 'publishIntents' | 'keyRing' | 'newId' | 'now'
>
type PublishRequest = {
  kind: Exclude<IntentKind, 'deliveries'>
  id: string
  /** Publishing stops here; the next call for the record continues. */
  deadline: string
  /** `later`: what careers show of other records is left to their own intents. */
  pages?: 'later'
  /** Careers that the caller composes too, after their records were written: their pages need no other look. */
  composedCareers?: ReadonlySet<string>
}

/**
 * Composes again the pages, listings, forms and routing candidates that depend on a written or removed record, and
 * revokes the keys of a removed one. Until this has finished, the record has an open intent: any later call, by any
 * process, completes it. Concurrent calls are safe, because composing reads the current records.
 */
export async function publishRecord(
  { kind, id, deadline, pages, composedCareers = new Set() }: PublishRequest,
  deps: PublishRecordDependencies,
): Promise<'finished' | 'unfinished'> {
  const intent = await deps.publishIntents.find(kind, id)
  if (!intent || intent.kind === 'deliveries') {
    // Another process published the write that this call is for, maybe before the careers that the page shows were written.
    if (kind === 'careers' && composedCareers.has(id)) await composeCareerPages(id, deps)
    return 'finished'
  }
  if (intent.removal) await revokeHolderKeys(intent, deps)
  const outcome =
    intent.kind === 'pages'
      ? await composeCareerPages(id, deps)
      : await composeDependents({ ...intent, kind: intent.kind }, { deadline, pages, composedCareers }, deps)
  // Before the intent is closed, so that no change is forgotten.
  if (intent.kind === 'careers' && !composedCareers.has(id)) await deps.composed.search.mark(deps.newId('intent'))
  if (outcome === 'finished') await deps.publishIntents.close(intent)
  return outcome
}

/** Pages of other careers show only the title of this one, so most of them are as they should be. */
async function composeRelatedCareers(
  slug: string,
  composedCareers: ReadonlySet<string>,
  deps: PublishRecordDependencies,
): Promise<void> {
  const record = await deps.records.get('careers', slug)
  for (const relatedSlug of await deps.composed.listDependents('careers', slug, 'careers')) {
    if (composedCareers.has(relatedSlug)) continue
    const shownTitle = await deps.composed.findShownTitle(relatedSlug, slug)
    if (shownTitle !== record?.body.title) await composeCurrent('careers', relatedSlug, composeCareer, deps)
  }
}

async function composeCareerPages(slug: string, deps: PublishRecordDependencies) {
  await composeCurrent('careers', slug, composeCareer, deps)
  return 'finished' as const
}

type ComposeOptions = Pick<PublishRequest, 'deadline'> & {
  pages: 'later' | undefined
  composedCareers: ReadonlySet<string>
}

async function composeDependents(
  intent: PublishIntent & { kind: StoredRecordKind },
  { deadline, pages, composedCareers }: ComposeOptions,
  deps: PublishRecordDependencies,
): Promise<'finished' | 'unfinished'> {
  const { kind, id, progress = '' } = intent
  const affectedIds: { [kind in StoredRecordKind]: Set<string> } = {
    schools: new Set(),
    programs: new Set(),
    careers: new Set(),
    campaigns: new Set(),
    sources: new Set(),
    'state-figures': new Set(),
  }
  affectedIds[kind].add(id)
  const pageIntentIds = new Map<string, string>()
  let doneCount = 0
  for (const [stepNumber, [stepKind, composeRows]] of steps.entries()) {
    if (stepKind === 'careers' && kind !== 'careers' && pages === 'later') continue
    for (const recordId of [...affectedIds[stepKind]].toSorted()) {
      await addDependents(stepKind, recordId)
      const step = `${stepNumber}#${recordId}`
      if (step <= progress) continue
      await composeStep(stepKind, recordId, composeRows)
      await addDependents(stepKind, recordId)
      doneCount += 1
      if (doneCount % stepsBetweenSaves === 0) {
        await deps.publishIntents.saveProgress(intent, step)
        if (deps.now().toISOString() >= deadline) return 'unfinished'
      }
    }
  }
  if (kind === 'careers') await composeRelatedCareers(id, composedCareers, deps)
  return 'finished'

  async function addDependents(stepKind: StoredRecordKind, recordId: string) {
    for (const dependentKind of dependentKinds[stepKind])
      for (const dependentId of await deps.composed.listDependents(stepKind, recordId, dependentKind))
        affectedIds[dependentKind].add(dependentId)
  }

  async function composeStep(stepKind: StoredRecordKind, recordId: string, composeRows: ComposeRows) {
    const pageIntentId = stepKind === 'careers' ? pageIntentIds.get(recordId) : undefined
    // The pages of careers that a program has left would be found by nothing once its rows are replaced.
    const noteCareer = (slug: string, intentId: string) => {
      affectedIds.careers.add(slug)
      pageIntentIds.set(slug, intentId)
    }
    const note = stepKind === 'programs' ? { noteCareer, pages } : undefined
    await composeCurrent(stepKind, recordId, composeRows, deps, note)
    if (pageIntentId) await deps.publishIntents.close({ kind: 'pages', id: recordId, intentId: pageIntentId })
  }
}

/**
 * Composes the rows of a record from current records: again if a record that they show changed meanwhile, because its
 * own publisher may have looked for dependents before these rows had their links.
 */
async function composeCurrent(
  kind: StoredRecordKind,
  id: string,
  composeRows: ComposeRows,
  { records, composed, newId, now }: PublishRecordDependencies,
  note?: { noteCareer: (slug: string, intentId: string) => void; pages: 'later' | undefined },
): Promise<void> {
  const outcome = await retryOnConflict(maxAttempts, async () => {
    let readRecords: ReadRecord[] = []
    const compose = () => {
      const reader = createRecordingReader(records)
      readRecords = reader.readRecords
      return composeRows(id, reader, composed)
    }
    await composed.compose(kind, id, compose, (keys) => {
      if (!note) return []
      const at = now().toISOString()
      return listLinkedCareers(id, keys).map((slug) => {
        const intentId = newId('intent')
        note.noteCareer(slug, intentId)
        const notBefore = note.pages && addSeconds(at, importPauseSeconds)
        return openIntentWrite({ kind: 'pages', id: slug, intentId, at, notBefore })
      })
    })
    const others = readRecords.filter((one) => one.kind !== kind || one.id !== id)
    const isCurrent = await Promise.all(
      others.map(async (one) => isSameWrite(one, await records.get(one.kind, one.id))),
    )
    return isCurrent.includes(false) ? 'conflict' : 'composed'
  })
  if (outcome === 'conflict') throw conflictRefusal()
}

type ReadRecord = { kind: StoredRecordKind; id: string; record: StoredRecord | undefined }

function createRecordingReader(records: Pick<RecordStore, 'get'>) {
  const readRecords: ReadRecord[] = []
  return {
    readRecords,
    async get(kind: StoredRecordKind, id: string) {
      const record = await records.get(kind, id)
      readRecords.push({ kind, id, record })
      return record
    },
  }
}

function isSameWrite({ record }: ReadRecord, current: StoredRecord | undefined): boolean {
  return record?.version === current?.version && record?.updatedAt === current?.updatedAt
}

/** The careers that show a program, of the keys of its rows. */
function listLinkedCareers(programId: string, keys: readonly Key[]): string[] {
  const slugs = keys.flatMap(({ pk, sk }) => {
    const slug = pk.startsWith(careerLinks.pk) ? pk.slice(careerLinks.pk.length) : undefined
    return slug !== undefined && sk === `${careerLinks.sk}${programId}` ? slug : []
  })
  return [...new Set(slugs)]
}

async function revokeHolderKeys({ kind, id }: PublishIntent, { keyRing, now }: PublishRecordDependencies) {
  const at = now().toISOString()
  if (kind === 'schools') await keyRing.revokeAll({ caller: 'school', schoolId: id }, at)
  if (kind === 'sources') await keyRing.revokeAll({ caller: 'source', sourceId: id }, at)
}

const maxAttempts = 50
/** An import that writes nothing for so long was interrupted: the worker composes the pages. */
export const importPauseSeconds = 30
const stepsBetweenSaves = 25
const careerLinks = linkKey(['careers', ''], ['programs', ''])

// The order matters: rows are composed from the rows of the kinds before them.
const steps: readonly [StoredRecordKind, ComposeRows][] = [
  ['schools', async () => []],
  ['programs', composeProgram],
  ['careers', composeCareer],
  ['campaigns', composeCampaign],
  ['state-figures', composeStateFigures],
]

/** The kinds whose rows show something of a record of this kind. Related careers, one step away, are composed last. */
const dependentKinds: { [kind in StoredRecordKind]: readonly StoredRecordKind[] } = {
  schools: ['programs', 'campaigns'],
  programs: ['careers', 'campaigns'],
  careers: [],
  campaigns: [],
  sources: [],
  'state-figures': [],
}
