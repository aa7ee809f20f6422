import * as z from 'zod'
import { source, sourceInput } from '../../domain/capture/source.ts'
import { career } from '../../domain/catalog/career.ts'
import { program } from '../../domain/catalog/program.ts'
import { school } from '../../domain/catalog/school.ts'
import { campaign, campaignInput } from '../../domain/routing/campaign.ts'
import { instant, recordId, slug } from '../../domain/vocabulary.ts'
import { cursorPage, cursorQuery } from '../paging.ts'
import { route } from '../route.ts'

const kept = { id: z.string(), version: z.int(), updatedAt: instant }
export const ifMatch = z.object({
  'if-match': z
    .string()
    .regex(/^(\*|"\d{1,12}")$/, 'must be the ETag of the record, such as "3", or *')
    .optional(),
})
const secret = z
  .string()
  .optional()
  .meta({ description: 'The webhook secret, where one was made now. It is not shown again.' })
const sourceKey = z.string().meta({ description: 'The publishable key that landing pages send as X-Source-Key.' })

const storedCareer = career.extend(kept).meta({ id: 'StoredCareer' })
const storedSchool = school.extend(kept).meta({ id: 'StoredSchool' })
const storedProgram = program.extend(kept).meta({ id: 'StoredProgram' })
const storedSource = source.extend({ ...kept, key: sourceKey }).meta({ id: 'StoredSource' })

/** What staff edit: four operations for each kind, alike but for what is written and read back. */
export const records = {
  careers: editing({
    kind: 'careers',
    one: 'career',
    id: slug,
    input: career,
    stored: storedCareer,
    written: storedCareer,
    example: { title: 'Cancer Registrar', summary: 'Keeps the record of every cancer case.', facts: [], sections: [] },
  }),
  schools: editing({
    kind: 'schools',
    one: 'school',
    id: recordId,
    input: school,
    stored: storedSchool,
    written: storedSchool,
    example: { name: 'Tall Grass College', timeZone: 'America/Chicago' },
  }),
  programs: editing({
    kind: 'programs',
    one: 'program',
    id: recordId,
    input: program,
    stored: storedProgram,
    written: storedProgram,
    example: {
      schoolId: 'tall-grass-college',
      name: 'Associate of Health Information Technology',
      careerSlugs: ['health-record-technician'],
      level: 'associate',
      modality: 'online',
    },
  }),
  campaigns: editing({
    kind: 'campaigns',
    one: 'campaign',
    id: recordId,
    input: campaignInput,
    stored: campaign.extend(kept).meta({ id: 'StoredCampaign' }),
    written: campaign.extend({ ...kept, secret }).meta({ id: 'WrittenCampaign' }),
    example: {
      schoolId: 'tall-grass-college',
      programIds: ['tall-grass-hit'],
      priceCents: 4500,
      caps: [{ period: 'day', limit: 25 }],
      endpoint: { kind: 'webhook', url: 'https://leads.tall-grass.example/prospectus' },
    },
  }),
  sources: editing({
    kind: 'sources',
    one: 'source',
    id: recordId,
    input: sourceInput,
    stored: storedSource,
    written: storedSource,
    example: { name: 'Careers landing page', mode: 'live', origins: ['https://careers.example'] },
  }),
} as const
export type RecordKind = keyof typeof records
export const recordKinds: readonly RecordKind[] = ['careers', 'schools', 'programs', 'campaigns', 'sources']

type Editing<Id, In, Stored, Written> = {
  kind: string
  one: string
  id: Id
  input: In
  stored: Stored
  written: Written
  example: object
}

function editing<Id extends z.ZodType, In extends z.ZodType, Stored extends z.ZodType, Written extends z.ZodType>({
  kind,
  one,
  id,
  input,
  stored,
  written,
  example,
}: Editing<Id, In, Stored, Written>) {
  const path = `/v1/ops/${kind}/{id}`
  const params = z.object({ id })
  const named = `${one.charAt(0).toUpperCase()}${one.slice(1)}`
  return {
    put: route({
      name: `put${named}`,
      method: 'PUT',
      path,
      caller: 'operator',
      summary: `Write a ${one}, new or in place of the old`,
      params,
      headers: ifMatch,
      body: input,
      // A career holds long texts and a hundred facts.
      mostBodyBytes: 128 * 1024,
      // Rules are trees.
      mostBodyDepth: 32,
      responses: {
        200: { description: 'Written in place of the version before.', body: written },
        201: { description: 'Written for the first time.', body: written },
      },
      problems: ['VERSION_CONFLICT'],
      example: { params: { id: `my-${one}` }, body: example },
    }),
    get: route({
      name: `get${named}`,
      method: 'GET',
      path,
      caller: 'operator',
      summary: `A ${one}, as it is kept`,
      params,
      responses: { 200: { description: 'The record. Its ETag is its version.', body: stored } },
      problems: ['NOT_FOUND'],
      example: { params: { id: `my-${one}` } },
    }),
    delete: route({
      name: `delete${named}`,
      method: 'DELETE',
      path,
      caller: 'operator',
      summary: `Remove a ${one}`,
      params,
      headers: ifMatch,
      responses: { 204: { description: 'Removed.' } },
      problems: ['NOT_FOUND', 'VERSION_CONFLICT', 'STILL_NEEDED'],
      example: { params: { id: `my-${one}` } },
    }),
    list: route({
      name: `list${named}Records`,
      method: 'GET',
      path: `/v1/ops/${kind}`,
      caller: 'operator',
      summary: `All ${kind}, by id`,
      query: cursorQuery,
      responses: {
        200: { description: 'One page.', body: z.object({ records: z.array(stored), page: cursorPage }) },
      },
    }),
  }
}
