import * as z from 'zod'
import { career, relatedArticle, relatednessTier } from '../../domain/catalog/career.ts'
import { shownFact } from '../../domain/catalog/fact.ts'
import { listedDetails } from '../../domain/catalog/program.ts'
import { schoolDetails } from '../../domain/catalog/school-details.ts'
import { modality, programLevel, recordId, slug, stateInput } from '../../domain/vocabulary.ts'
import { cacheSeconds, conditional, notModified } from '../caching.ts'
import { cursorPage, cursorQuery } from '../paging.ts'
import { defineRoute } from '../route.ts'

const bySlug = z.object({ slug })
/** A parameter that would be ignored is refused, because its sender expects another response. */
export const noQuery = z.strictObject({})
const example = { params: { slug: 'health-record-technician' } }

export const careerSummary = z
  .object({
    slug,
    title: z.string(),
    summary: z.string(),
    updatedAt: z.iso.datetime().optional().meta({
      description: 'When the career was last changed. Absent if that was before the time was published.',
    }),
  })
  .meta({ id: 'CareerSummary' })

export const listCareers = defineRoute({
  name: 'listCareers',
  method: 'GET',
  path: '/v1/careers',
  caller: 'anyone',
  summary: 'List all careers by title, those that begin with a letter, or those that match a search',
  description:
    '`query` finds careers by words of their titles, other names, codes and fields of study, the best match first: beginnings of words, in any ' +
    'order, with a typing error in longer ones. It returns at most 20 careers and no cursor. A career that was changed is found within a minute.',
  query: cursorQuery.extend({
    query: z
      .string()
      .trim()
      .min(1)
      .max(100)
      .optional()
      .meta({ description: 'Words, such as `record tech` or `29-2072`.' }),
    letter: z
      .string()
      .regex(/^[A-Za-z]$/, 'must be a letter')
      .optional(),
  }),
  headers: conditional,
  cacheSeconds,
  responses: {
    200: { description: 'The careers.', body: z.object({ careers: z.array(careerSummary), page: cursorPage }) },
    304: notModified,
  },
})

const pageFact = shownFact
  .extend({
    footnote: z.int().meta({ description: 'The number of its source in `attributions`.' }),
    stale: z.boolean().meta({ description: 'Whether it has expired.' }),
  })
  .meta({ id: 'PageFact' })

export const careerPage = z
  .object({
    slug,
    title: z.string(),
    summary: z.string(),
    soc: z.array(z.string()),
    onetSoc: z.array(z.string()).optional(),
    fieldsOfStudy: career.shape.fieldsOfStudy,
    aliases: z.array(z.string()),
    facts: z.array(pageFact),
    subject: career.shape.subject,
    sections: career.shape.sections,
    education: z.string().optional(),
    relatedCareers: z.array(
      z.object({ slug, title: z.string(), reason: z.string(), tier: relatednessTier.optional() }),
    ),
    relatedArticles: z.array(relatedArticle).optional(),
    degreeOptions: z.array(
      z.object({
        position: z.int(),
        level: programLevel,
        label: z.string(),
        programCount: z.int(),
        schools: z.string().meta({ description: 'The listing of the schools that offer it.' }),
      }),
    ),
    attributions: z.array(z.object({ footnote: z.int(), name: z.string(), url: z.string().optional() })),
  })
  .meta({ id: 'CareerPage' })

export const readCareer = defineRoute({
  name: 'readCareer',
  method: 'GET',
  path: '/v1/careers/{slug}',
  caller: 'anyone',
  summary: 'Read a career: facts with their sources, sections, related careers, degree options',
  params: bySlug,
  query: z.strictObject({
    state: stateInput.optional().meta({
      description:
        'Adds the facts of this state, and leaves out those of others. Facts of the nation and of smaller places stay.',
    }),
  }),
  headers: conditional,
  cacheSeconds,
  responses: { 200: { description: 'The career.', body: careerPage }, 304: notModified },
  problems: ['NOT_FOUND'],
  example,
})

export const listedSchool = z
  .object({
    position: z.int(),
    schoolId: recordId,
    name: z.string(),
    ...schoolDetails.shape,
    sponsored: z.boolean(),
    placementBasis: z.string().meta({ description: 'Why the school has this position.' }),
    programCount: z.int().meta({ description: 'How many of its programs match. `programs` has at most the first 50.' }),
    programs: z.array(
      z.object({ programId: recordId, name: z.string(), level: programLevel, modality, ...listedDetails.shape }),
    ),
    links: z.object({ programs: z.array(z.string()), rel: z.string() }),
  })
  .meta({ id: 'ListedSchool' })

export const numberedPage = z
  .object({
    number: z.int(),
    size: z.int(),
    total: z.int(),
    pages: z.int(),
    next: z.int().nullable(),
    previous: z.int().nullable(),
  })
  .meta({ id: 'NumberedPage' })

const listingQuery = z.strictObject({
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(50).default(10),
  state: stateInput.optional(),
  level: programLevel.optional(),
  modality: modality.optional(),
})

export const listSchools = defineRoute({
  name: 'listSchools',
  method: 'GET',
  path: '/v1/careers/{slug}/schools',
  caller: 'anyone',
  summary: 'The sponsored school listing of a career, in numbered pages',
  params: bySlug,
  query: listingQuery,
  headers: conditional,
  cacheSeconds,
  responses: {
    200: {
      description: 'One page. The disclosure must be shown above the list.',
      body: z.object({
        disclosure: z.object({ text: z.string(), version: z.string() }),
        rankingBasis: z.string(),
        schools: z.array(listedSchool),
        page: numberedPage,
      }),
    },
    304: notModified,
  },
  problems: ['NOT_FOUND'],
  example: { ...example, query: { page: 1, state: 'TX' } },
})

export const readJsonld = defineRoute({
  name: 'readJsonld',
  method: 'GET',
  path: '/v1/careers/{slug}/jsonld',
  caller: 'anyone',
  summary: 'The career as schema.org Occupation and one page of its listing as ItemList',
  params: bySlug,
  query: listingQuery,
  headers: conditional,
  cacheSeconds,
  responses: {
    200: {
      description: 'A JSON-LD graph to embed in a page unchanged.',
      body: z.object({
        '@context': z.literal('https://schema.org'),
        '@graph': z.array(z.record(z.string(), z.unknown())),
      }),
      contentType: 'application/ld+json',
    },
    304: notModified,
  },
  problems: ['NOT_FOUND'],
  example,
})
