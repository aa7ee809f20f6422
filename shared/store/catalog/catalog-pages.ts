import * as z from 'zod'
import { attribution, career, relatedArticle, relatednessTier, section } from '../../domain/catalog/career.ts'
import { listShardNames, rankCareers } from '../../domain/catalog/career-search.ts'
import { fact, shownFact } from '../../domain/catalog/fact.ts'
import type { ListingQuery } from '../../domain/catalog/listing.ts'
import { programDetails } from '../../domain/catalog/program.ts'
import { programContent } from '../../domain/catalog/program-content.ts'
import { question } from '../../domain/catalog/question.ts'
import { schoolContent, schoolDetails } from '../../domain/catalog/school-details.ts'
import { modality, programLevel, state } from '../../domain/vocabulary.ts'
import type { Cursor, Engine, Key, Row } from '../engine/engine.ts'
import { contentsKey, offerKey, pageKey, statePageKey, type Table } from '../keys.ts'
import { unpack } from '../packed.ts'
import { parseOnce } from '../parse-once.ts'
import { readListingPage } from './read-listing-page.ts'
import { readSearchShards } from './search-rows.ts'

/** The public pages, of rows that were composed when a record was written, at most a moment ago. Each is one lookup, but for a long listing. */
export function catalogPages(engine: Pick<Engine<Table>, 'get' | 'query'>) {
  const find = async <Page>(parse: (row: Row) => Page, key: Key) => {
    const row = await engine.get({ in: 'catalog', key, mayLag: true })
    return row && parse(row)
  }

  return {
    career: (slug: string) => find(parseCareer, pageKey(slug, 'CAREER')),
    listingPage: (slug: string, query: ListingQuery) => readListingPage(engine, slug, query),
    /** The careers that have every word, the best first, with at most `limit` summaries. One lookup for each word and each career. */
    async search(words: readonly string[], limit: number) {
      const names = [...new Set(words.flatMap(listShardNames))]
      const ranked = rankCareers(words, await readSearchShards(engine, names)).slice(0, limit)
      const rows = await Promise.all(
        ranked.map(({ slug, title }) => engine.get({ in: 'catalog', key: contentsKey(title, slug), mayLag: true })),
      )
      // A career that was renamed or removed a moment ago is left out until the search is built again.
      return rows.flatMap((row) => (row ? [careerSummaryRow.parse(unpack(row))] : []))
    },
    /** Careers whose titles begin with a letter, by title. */
    async careersByLetter(letter: string, page: { limit: number; after?: Cursor }) {
      const { pk, sk } = { pk: contentsKey('', '').pk, sk: { prefix: letter.toLowerCase() } }
      const { items, next } = await engine.query({ in: 'catalog', pk, sk, ...page, mayLag: true })
      return { careers: items.map((row) => careerSummaryRow.parse(unpack(row))), ...(next && { next }) }
    },
    states: (slug: string) => find(parseStates, pageKey(slug, 'STATES')),
    async stateFacts(slug: string, stateCode: string) {
      return (await find(parseStateFacts, statePageKey(slug, stateCode)))?.facts ?? []
    },
    program: (programId: string) => find(parseProgram, offerKey(programId, 'PROGRAM')),
    form: (programId: string) => find(parseForm, offerKey(programId, 'FORM')),
    async careers(page: { limit: number; after?: Cursor }) {
      const { items, next } = await engine.query({ in: 'catalog', pk: contentsKey('', '').pk, ...page, mayLag: true })
      return { careers: items.map((row) => careerSummaryRow.parse(unpack(row))), ...(next && { next }) }
    },
  }
}

// Rows are not parsed with the schemas of the API: a stricter API must not make stored rows unreadable.
const titledRow = z.object({ slug: z.string(), title: z.string(), summary: z.string() })
const careerSummaryRow = titledRow.extend({ updatedAt: z.string().optional() })
const careerRow = titledRow.extend({
  soc: z.array(z.string()),
  onetSoc: z.array(z.string()).optional(),
  fieldsOfStudy: career.shape.fieldsOfStudy,
  aliases: z.array(z.string()),
  facts: z.array(shownFact),
  subject: career.shape.subject,
  relatedArticles: z.array(relatedArticle).optional(),
  sections: z.array(section),
  education: z.string().optional(),
  relatedCareers: z.array(
    z.object({ slug: z.string(), title: z.string(), reason: z.string(), tier: relatednessTier.optional() }),
  ),
  degreeOptions: z.array(z.object({ level: programLevel, label: z.string(), programCount: z.int() })),
  attributions: z.array(attribution),
})
const programRow = z.object({
  programId: z.string(),
  schoolId: z.string(),
  schoolName: z.string(),
  name: z.string(),
  level: programLevel,
  modality,
  careerSlugs: z.array(z.string()),
  ...programDetails.shape,
  ...programContent.shape,
  schoolPlace: schoolDetails.shape.place,
  school: schoolContent.extend({ logoUrl: schoolDetails.shape.logoUrl }).optional(),
  states: z.array(state).optional(),
  sponsored: z.boolean(),
})
const formRow = z.object({ programId: z.string(), schoolId: z.string(), questions: z.array(question) })
const statesRow = z.object({
  period: z.string(),
  source: attribution,
  expiresAt: z.string(),
  states: z.array(
    z.object({
      state,
      name: z.string(),
      medianAnnualWage: z.union([z.number(), z.string()]).nullable(),
      employment: z.number().nullable(),
    }),
  ),
})
const stateFactsRow = z.object({ facts: z.array(fact) })
const parseStates = parseOnce((row: Row) => statesRow.parse(unpack(row)))
const parseStateFacts = parseOnce((row: Row) => stateFactsRow.parse(unpack(row)))
const parseCareer = parseOnce((row: Row) => careerRow.parse(unpack(row)))
const parseProgram = parseOnce((row: Row) => programRow.parse(unpack(row)))
const parseForm = parseOnce((row: Row) => formRow.parse(unpack(row)))
