import * as z from 'zod'
import { source, sourceInput } from '../../domain/capture/source.ts'
import { career } from '../../domain/catalog/career.ts'
import { program } from '../../domain/catalog/program.ts'
import { school } from '../../domain/catalog/school.ts'
import { campaign, campaignInput } from '../../domain/routing/campaign.ts'
import { instant, recordId, slug } from '../../domain/vocabulary.ts'
import { cursorPage, cursorQuery } from '../paging.ts'
import { defineRoute } from '../route.ts'

const storedFields = { id: z.string(), version: z.int(), updatedAt: instant }
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

const storedCareer = career.extend(storedFields).meta({ id: 'StoredCareer' })
const storedSchool = school.extend(storedFields).meta({ id: 'StoredSchool' })
const storedProgram = program.extend(storedFields).meta({ id: 'StoredProgram' })
const storedSource = source.extend({ ...storedFields, key: sourceKey }).meta({ id: 'StoredSource' })

/** What staff edit: four operations for each kind, alike but for what is written and read back. */
export const records = {
  careers: createRecordRoutes({
    kind: 'careers',
    singular: 'career',
    names: { put: 'putCareer', get: 'getCareer', delete: 'deleteCareer', list: 'listCareerRecords' },
    id: slug,
    input: career,
    storedSchema: storedCareer,
    writtenSchema: storedCareer,
    example: { title: 'Cancer Registrar', summary: 'Keeps the record of every cancer case.', facts: [], sections: [] },
  }),
  schools: createRecordRoutes({
    kind: 'schools',
    singular: 'school',
    names: { put: 'putSchool', get: 'getSchool', delete: 'deleteSchool', list: 'listSchoolRecords' },
    id: recordId,
    input: school,
    storedSchema: storedSchool,
    writtenSchema: storedSchool,
    example: { name: 'Tall Grass College', timeZone: 'America/Chicago' },
  }),
  programs: createRecordRoutes({
    kind: 'programs',
    singular: 'program',
    names: { put: 'putProgram', get: 'getProgram', delete: 'deleteProgram', list: 'listProgramRecords' },
    id: recordId,
    input: program,
    storedSchema: storedProgram,
    writtenSchema: storedProgram,
    example: {
      schoolId: 'tall-grass-college',
      name: 'Associate of Health Information Technology',
      careerSlugs: ['health-record-technician'],
      level: 'associate',
      modality: 'online',
    },
  }),
  campaigns: createRecordRoutes({
    kind: 'campaigns',
    singular: 'campaign',
    names: { put: 'putCampaign', get: 'getCampaign', delete: 'deleteCampaign', list: 'listCampaignRecords' },
    id: recordId,
    input: campaignInput,
    storedSchema: campaign.extend(storedFields).meta({ id: 'StoredCampaign' }),
    writtenSchema: campaign.extend({ ...storedFields, secret }).meta({ id: 'WrittenCampaign' }),
    example: {
      schoolId: 'tall-grass-college',
      programIds: ['tall-grass-hit'],
      priceCents: 4500,
      caps: [{ period: 'day', limit: 25 }],
      endpoint: { kind: 'webhook', url: 'https://leads.tall-grass.example/prospectus' },
    },
  }),
  sources: createRecordRoutes({
    kind: 'sources',
    singular: 'source',
    names: { put: 'putSource', get: 'getSource', delete: 'deleteSource', list: 'listSourceRecords' },
    id: recordId,
    input: sourceInput,
    storedSchema: storedSource,
    writtenSchema: storedSource,
    example: { name: 'Careers landing page', mode: 'live', origins: ['https://careers.example'] },
  }),
} as const
export type RecordKind = keyof typeof records
export const recordKinds: readonly RecordKind[] = ['careers', 'schools', 'programs', 'campaigns', 'sources']

type RecordRoutesOptions<Put, Get, Delete, List, Id, In, Stored, Written> = {
  kind: string
  singular: string
  /** The operation ids. */
  names: { put: Put; get: Get; delete: Delete; list: List }
  id: Id
  input: In
  storedSchema: Stored
  writtenSchema: Written
  example: object
}

function createRecordRoutes<
  Put extends string,
  Get extends string,
  Delete extends string,
  List extends string,
  Id extends z.ZodType,
  In extends z.ZodType,
  Stored extends z.ZodType,
  Written extends z.ZodType,
>({
  kind,
  singular,
  names,
  id,
  input,
  storedSchema,
  writtenSchema,
  example,
}: RecordRoutesOptions<Put, Get, Delete, List, Id, In, Stored, Written>) {
  const path = `/v1/ops/${kind}/{id}`
  const params = z.object({ id })
  return {
    put: defineRoute({
      name: names.put,
      method: 'PUT',
      path,
      caller: 'operator',
      summary: `Write a ${singular}, new or in place of the old`,
      params,
      headers: ifMatch,
      body: input,
      // A career holds long texts and a hundred facts.
      maxBodyBytes: 128 * 1024,
      // Rules are trees.
      maxBodyDepth: 32,
      responses: {
        200: { description: 'Written in place of the version before.', body: writtenSchema },
        201: { description: 'Written for the first time.', body: writtenSchema },
      },
      problems: ['VERSION_CONFLICT'],
      example: { params: { id: `my-${singular}` }, body: example },
    }),
    get: defineRoute({
      name: names.get,
      method: 'GET',
      path,
      caller: 'operator',
      summary: `A ${singular}, as it is kept`,
      params,
      responses: { 200: { description: 'The record. Its ETag is its version.', body: storedSchema } },
      problems: ['NOT_FOUND'],
      example: { params: { id: `my-${singular}` } },
    }),
    delete: defineRoute({
      name: names.delete,
      method: 'DELETE',
      path,
      caller: 'operator',
      summary: `Remove a ${singular}`,
      params,
      headers: ifMatch,
      responses: { 204: { description: 'Removed.' } },
      problems: ['NOT_FOUND', 'VERSION_CONFLICT', 'STILL_NEEDED'],
      example: { params: { id: `my-${singular}` } },
    }),
    list: defineRoute({
      name: names.list,
      method: 'GET',
      path: `/v1/ops/${kind}`,
      caller: 'operator',
      summary: `All ${kind}, by id`,
      query: cursorQuery,
      responses: {
        200: { description: 'One page.', body: z.object({ records: z.array(storedSchema), page: cursorPage }) },
      },
    }),
  }
}
