import * as z from 'zod'
import { career } from '../../domain/catalog/career.ts'
import { careerPage } from '../../domain/catalog/career-page.ts'
import { listing } from '../../domain/catalog/listing.ts'
import { program } from '../../domain/catalog/program.ts'
import { school } from '../../domain/catalog/school.ts'
import { campaign } from '../../domain/routing/campaign.ts'
import { placesOf } from '../../domain/routing/candidate.ts'
import { modality, programLevel } from '../../domain/vocabulary.ts'
import type { Row } from '../engine/engine.ts'
import { candidateKey, contentsKey, type Kind, linkKey, offerKey, pageKey } from '../keys.ts'
import { pack } from '../packed.ts'
import { plain } from '../rows.ts'
import type { ComposedStore } from './composed.ts'
import type { RecordStore } from './records.ts'

/** The rows to be made from one record; none where it has been removed. */
export type Composer = (id: string, records: RecordStore, composed: ComposedStore) => Promise<Row[]>

export const composeProgram: Composer = async (id, records) => {
  const offered = await find(program, records, 'programs', id)
  const offering = offered && (await find(school, records, 'schools', offered.schoolId))
  if (!offered || !offering) return []
  const { questions, careerSlugs, rank, ...told } = offered
  const listed = {
    ...told,
    rank,
    programId: id,
    schoolName: offering.name,
    schoolStatus: offering.status,
  }
  const page = { programId: id, ...told, careerSlugs, schoolName: offering.name }
  const form = { programId: id, schoolId: offered.schoolId, questions }
  return [
    { ...offerKey(id, 'PROGRAM'), ...pack(page) },
    { ...offerKey(id, 'FORM'), ...pack(form) },
    linkKey(['schools', offered.schoolId], ['programs', id]),
    ...careerSlugs.flatMap((slug) => [
      linkKey(['programs', id], ['careers', slug]),
      { ...linkKey(['careers', slug], ['programs', id]), ...plain(listed) },
    ]),
  ]
}

export const composeCareer: Composer = async (slug, records, composed) => {
  const written = await find(career, records, 'careers', slug)
  if (!written) return []
  const programs = (await composed.linked('careers', slug, 'programs')).map((row) => listedProgram.parse(row))
  const related = await Promise.all(
    written.relatedCareers.map(async (other) => [
      other.slug,
      (await find(career, records, 'careers', other.slug))?.title,
    ]),
  )
  const titles = z
    .record(z.string(), z.string())
    .parse(Object.fromEntries(related.filter(([, title]) => title !== undefined)))
  const summary = { slug, title: written.title, summary: written.summary }
  return [
    { ...contentsKey(written.title, slug), ...pack(summary) },
    { ...pageKey(slug, 'CAREER'), ...pack(careerPage(slug, written, { titles, programs })) },
    { ...pageKey(slug, 'LISTING'), ...pack(listing(programs)) },
    ...written.relatedCareers.map((other) => linkKey(['careers', other.slug], ['careers', slug])),
  ]
}

export const composeCampaign: Composer = async (id, records) => {
  const bought = await find(campaign, records, 'campaigns', id)
  const buyer = bought && (await find(school, records, 'schools', bought.schoolId))
  if (!bought || !buyer) return []
  const promoted = await Promise.all(
    bought.programIds.map(async (programId) => {
      const offered = await find(program, records, 'programs', programId)
      return offered ? [{ id: programId, ...offered }] : []
    }),
  )
  const { endpoint, testEndpoint, ...terms } = bought
  return [
    linkKey(['schools', bought.schoolId], ['campaigns', id]),
    ...bought.programIds.map((programId) => linkKey(['programs', programId], ['campaigns', id])),
    ...placesOf({ programs: promoted.flat() }).map(({ careerSlug, state, programs }) => ({
      ...candidateKey(careerSlug, state, id),
      ...pack({ campaign: { id, ...terms }, school: { id: bought.schoolId, ...buyer }, programs }),
    })),
  ]
}

export const listedProgram = z.object({
  ...program.pick({ name: true, states: true, sponsored: true, rank: true, schoolId: true }).shape,
  level: programLevel,
  modality,
  programId: z.string(),
  schoolName: z.string(),
  schoolStatus: z.enum(['active', 'paused']),
})

async function find<Schema extends z.ZodType>(schema: Schema, records: RecordStore, kind: Kind, id: string) {
  const kept = await records.get(kind, id)
  return kept && schema.parse(kept.body)
}
