import * as z from 'zod'
import { school } from '../../domain/catalog/school.ts'
import { addSeconds } from '../../domain/time.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import {
  composeCampaign,
  composeCareer,
  composeProgram,
  composeStateFigures,
} from '../../store/catalog/compose-rows.ts'
import { type IntentKind, openIntentWrite, type PublishIntent } from '../../store/catalog/publish-intents.ts'
import type { StoredRecordKind } from '../../store/keys.ts'
import { composeCurrent, importPauseSeconds, type Placing } from './compose-current.ts'

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
      ? await rebuildListing(id, deps)
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

/** For an import, or after an interruption: whatever of its programs has changed. */
async function rebuildListing(slug: string, deps: PublishRecordDependencies) {
  if (await deps.records.get('careers', slug)) await deps.composed.listings.rebuild(slug, readListingSchool(deps))
  await deps.composed.showProgramCounts(slug)
  return 'finished' as const
}

async function composeCareerPages(slug: string, deps: PublishRecordDependencies): Promise<void> {
  const { records, composed } = deps
  await composeCurrent('careers', slug, composeCareer, deps)
  if (await records.get('careers', slug)) await composed.listings.ensure(slug, readListingSchool(deps))
  else await composed.listings.remove(slug)
}

type ComposeOptions = Pick<PublishRequest, 'deadline'> & {
  pages: 'later' | undefined
  composedCareers: ReadonlySet<string>
}

async function composeDependents(
  intent: PublishIntent & { kind: StoredRecordKind },
  options: ComposeOptions,
  deps: PublishRecordDependencies,
): Promise<'finished' | 'unfinished'> {
  const { kind, id } = intent
  const { composed } = deps
  const steps = createSteps(intent, options, deps)
  switch (kind) {
    case 'careers':
      await composeCareerPages(id, deps)
      await composeRelatedCareers(id, options.composedCareers, deps)
      return 'finished'
    case 'schools': {
      const programIds = await composed.listDependents('schools', id, 'programs')
      const compose = (programId: string) => composeCurrent('programs', programId, composeProgram, deps)
      if (!(await steps.run('programs', programIds, compose))) return 'unfinished'
      const slugs = await composed.listings.listCareers(id)
      if (options.pages === 'later') await openPageIntents(slugs, deps)
      else if (!(await steps.run('places', slugs, (slug) => placeSchool({ slug, schoolId: id }, deps))))
        return 'unfinished'
      return composeCampaigns(await composed.listDependents('schools', id, 'campaigns'))
    }
    case 'programs': {
      const placings = new Map<string, Placing>()
      const notePlacing = (placing: Placing) => placings.set(`${placing.slug}#${placing.schoolId}`, placing)
      await composeCurrent('programs', id, composeProgram, deps, { notePlacing, pages: options.pages })
      const place = async (name: string) => {
        const placing = placings.get(name)
        if (placing) await placeSchool(placing, deps)
      }
      if (options.pages !== 'later' && !(await steps.run('places', [...placings.keys()], place))) return 'unfinished'
      return composeCampaigns(await composed.listDependents('programs', id, 'campaigns'))
    }
    case 'campaigns':
      return composeCampaigns([id])
    case 'state-figures':
      await composeCurrent('state-figures', id, composeStateFigures, deps)
      return 'finished'
    case 'sources':
      return 'finished'
  }

  async function composeCampaigns(campaignIds: readonly string[]) {
    const compose = (campaignId: string) => composeCurrent('campaigns', campaignId, composeCampaign, deps)
    return (await steps.run('campaigns', campaignIds, compose)) ? 'finished' : 'unfinished'
  }
}

/** Steps of publishing one record, which a later call continues if the deadline comes first. */
function createSteps(intent: PublishIntent, { deadline }: ComposeOptions, deps: PublishRecordDependencies) {
  let doneCount = 0
  return {
    /** Returns false if the deadline came before the last step. */
    async run(phase: keyof typeof phaseNumbers, ids: readonly string[], work: (id: string) => Promise<void>) {
      const steps = ids.map((id) => ({ id, step: `${phaseNumbers[phase]}#${id}` })).toSorted(compareSteps)
      const open = steps.filter(({ step }) => step > (intent.progress ?? ''))
      for (let start = 0; start < open.length; start += stepsAtOnce) {
        const batch = open.slice(start, start + stepsAtOnce)
        await Promise.all(batch.map(({ id }) => work(id)))
        doneCount += batch.length
        const last = batch.at(-1)
        if (doneCount < stepsBetweenSaves || !last) continue
        doneCount = 0
        await deps.publishIntents.saveProgress(intent, last.step)
        if (deps.now().toISOString() >= deadline) return false
      }
      return true
    },
  }
}

function compareSteps({ step: one }: { step: string }, { step: other }: { step: string }): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}

/** Puts a school where it belongs in a listing; if the number of programs of a level changes, the page of the career follows. */
async function placeSchool({ slug, schoolId, intentId }: Placing, deps: PublishRecordDependencies): Promise<void> {
  const { composed, publishIntents, newId, now } = deps
  const pageIntentId = intentId ?? newId('intent')
  let hasOtherCounts = false
  await composed.listings.place({ slug, schoolId, readSchool: readListingSchool(deps) }, () => {
    hasOtherCounts = true
    if (intentId !== undefined) return []
    return [openIntentWrite({ kind: 'pages', id: slug, intentId: pageIntentId, at: now().toISOString() })]
  })
  if (hasOtherCounts) await composed.showProgramCounts(slug)
  if (hasOtherCounts || intentId !== undefined)
    await publishIntents.close({ kind: 'pages', id: slug, intentId: pageIntentId })
}

/** Leaves the listings to the end of an import. */
async function openPageIntents(slugs: readonly string[], { publishIntents, newId, now }: PublishRecordDependencies) {
  const at = now().toISOString()
  const notBefore = addSeconds(at, importPauseSeconds)
  await publishIntents.open(
    slugs.map((slug) => ({ kind: 'pages', id: slug, intentId: newId('intent'), at, notBefore })),
  )
}

function readListingSchool({ records }: PublishRecordDependencies) {
  return async (schoolId: string) => {
    const record = await records.get('schools', schoolId)
    return record && listingSchool.parse(record.body)
  }
}

const listingSchool = z.object(school.pick({ name: true, place: true, logoUrl: true, status: true }).shape)

async function revokeHolderKeys({ kind, id }: PublishIntent, { keyRing, now }: PublishRecordDependencies) {
  const at = now().toISOString()
  if (kind === 'schools') await keyRing.revokeAll({ caller: 'school', schoolId: id }, at)
  if (kind === 'sources') await keyRing.revokeAll({ caller: 'source', sourceId: id }, at)
}

const stepsBetweenSaves = 25
const stepsAtOnce = 5
const phaseNumbers = { programs: 1, places: 2, campaigns: 3 } as const
