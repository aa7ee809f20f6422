import * as z from 'zod'
import { career } from '../../domain/catalog/career.ts'
import { listShownCareers, toCareerPage } from '../../domain/catalog/pages/to-career-page.ts'
import { program, routedProgram } from '../../domain/catalog/program.ts'
import { describeAnswers } from '../../domain/catalog/question.ts'
import { routedSchool, school } from '../../domain/catalog/school.ts'
import { schoolContent, schoolDetails } from '../../domain/catalog/school-details.ts'
import { buildStateFacts, compareStates, stateFigures } from '../../domain/catalog/state-figures.ts'
import { campaign } from '../../domain/routing/campaign.ts'
import { careerStatePairs } from '../../domain/routing/candidate.ts'
import type { Row } from '../engine/engine.ts'
import {
  candidateKey,
  contentsKey,
  linkKey,
  offerKey,
  pageKey,
  questionKey,
  type StoredRecordKind,
  schoolListingKey,
  statePageKey,
} from '../keys.ts'
import { pack } from '../packed.ts'
import { toItem } from '../rows.ts'
import type { ComposedStore } from './composed-store.ts'
import { listedProgram, listedProgramKey } from './listing-rows.ts'
import type { RecordStore, StoredRecord } from './record-store.ts'

/** Returns the rows that are composed from one record, or none if it was removed. */
export type ComposeRows = (
  id: string,
  records: Pick<RecordStore, 'get'>,
  composed: Pick<ComposedStore, 'listings'>,
) => Promise<Row[]>

export const composeProgram: ComposeRows = async (id, records) => {
  const programData = await find(program, records, 'programs', id)
  const schoolData = programData && (await find(school, records, 'schools', programData.schoolId))
  if (!programData || !schoolData) return []
  const { questions, careerSlugs, rank, ...publicFields } = programData
  const shownSchool = schoolOfProgram.parse(schoolData)
  const row = listedProgram.parse({ ...publicFields, rank, programId: id })
  const page = {
    programId: id,
    ...publicFields,
    careerSlugs,
    schoolName: schoolData.name,
    ...(schoolData.place && { schoolPlace: schoolData.place }),
    ...(Object.keys(shownSchool).length > 0 && { school: shownSchool }),
  }
  const form = { programId: id, schoolId: programData.schoolId, questions }
  return [
    { ...offerKey(id, 'PROGRAM'), ...pack(page) },
    { ...offerKey(id, 'FORM'), ...pack(form) },
    linkKey(['schools', programData.schoolId], ['programs', id]),
    ...careerSlugs.flatMap((slug) => [
      linkKey(['careers', slug], ['programs', id]),
      schoolListingKey(programData.schoolId, slug, id),
      { ...listedProgramKey(slug, programData.schoolId, id), ...toItem(row) },
      ...questions.map((question) => ({
        ...questionKey(slug, question.id, id),
        programId: id,
        answers: describeAnswers(question),
      })),
    ]),
  ]
}

/** What the page of a program shows about its school. */
const schoolOfProgram = schoolContent.extend({ logoUrl: schoolDetails.shape.logoUrl })

export const composeCareer: ComposeRows = async (slug, records, composed) => {
  const stored = await records.get('careers', slug)
  if (!stored) return []
  const careerData = career.parse(stored.body)
  const levels = await composed.listings.findLevels(slug)
  const shownSlugs = listShownCareers(careerData)
  const related = await Promise.all(
    shownSlugs.map(async (other) => [
      other,
      // Parsing twenty whole careers for their titles takes most of the time.
      titled.parse((await records.get('careers', other))?.body ?? {}).title,
    ]),
  )
  const titles = z
    .record(z.string(), z.string())
    .parse(Object.fromEntries(related.filter(([, title]) => title !== undefined)))
  const summary = { slug, title: careerData.title, summary: careerData.summary, updatedAt: stored.updatedAt }
  return [
    { ...contentsKey(careerData.title, slug), ...pack(summary) },
    { ...pageKey(slug, 'CAREER'), ...pack(toCareerPage(slug, careerData, { titles, levels })) },
    ...shownSlugs.map((other) => linkKey(['careers', other], ['careers', slug])),
  ]
}

const titled = z.object({ title: z.string().optional() })

/** The states of a career have rows of their own, so that the page of the nation stays one short item. */
export const composeStateFigures: ComposeRows = async (slug, records) => {
  const figures = await find(stateFigures, records, 'state-figures', slug)
  if (!figures) return []
  return [
    { ...pageKey(slug, 'STATES'), ...pack(compareStates(figures)) },
    ...figures.places.map(({ state }) => ({
      ...statePageKey(slug, state),
      ...pack({ facts: buildStateFacts(figures, state) }),
    })),
  ]
}

export const composeCampaign: ComposeRows = async (id, records) => {
  const composedCampaign = await composeCandidates(id, records)
  if (!composedCampaign) return []
  const { schoolId, programIds, candidates } = composedCampaign
  return [
    linkKey(['schools', schoolId], ['campaigns', id]),
    ...programIds.map((programId) => linkKey(['programs', programId], ['campaigns', id])),
    ...candidates.map(({ careerSlug, state, candidate }) => ({
      ...candidateKey(careerSlug, state, id),
      ...pack(candidate),
    })),
  ]
}

/**
 * Returns the candidates of a campaign from its records, or undefined if the campaign or its school was removed. A decision stores
 * its candidates, so what only pages show is left out.
 */
export async function composeCandidates(id: string, records: Pick<RecordStore, 'get'>) {
  const campaignRecord = await records.get('campaigns', id)
  const campaignData = campaignRecord && campaign.parse(campaignRecord.body)
  const schoolRecord = campaignData && (await records.get('schools', campaignData.schoolId))
  if (!campaignData || !schoolRecord) return undefined
  const { schoolId, programIds } = campaignData
  const promotedPrograms = await Promise.all(
    programIds.map(async (programId) => {
      const programRecord = await records.get('programs', programId)
      if (!programRecord) return []
      const offer = { ...pickIdentity(programRecord), ...routedProgram.parse(programRecord.body) }
      return [{ offer, generations: programRecord.careerGenerations }]
    }),
  )
  const { endpoint, testEndpoint, ...terms } = campaignData
  const owners = {
    campaign: { ...pickIdentity(campaignRecord), ...terms, ...(testEndpoint && { hasTestEndpoint: true }) },
    school: { ...pickIdentity(schoolRecord), ...routedSchool.parse(schoolRecord.body) },
  }
  const programs = promotedPrograms.flat()
  const careerGenerations = Object.assign({}, ...programs.map(({ generations }) => generations))
  const candidates = careerStatePairs({ programs: programs.map(({ offer }) => offer) }).map(
    ({ careerSlug, state, programs }) => ({
      careerSlug,
      state,
      candidate: {
        ...owners,
        programs,
        ...(careerGenerations[careerSlug] && { careerGeneration: careerGenerations[careerSlug] }),
      },
    }),
  )
  return { schoolId, programIds, candidates }
}

export function pickIdentity({ id, generation }: StoredRecord) {
  return { id, ...(generation !== undefined && { generation }) }
}

async function find<Schema extends z.ZodType>(
  schema: Schema,
  records: Pick<RecordStore, 'get'>,
  kind: StoredRecordKind,
  id: string,
) {
  const record = await records.get(kind, id)
  return record && schema.parse(record.body)
}
