import * as z from 'zod'
import { actor } from '../../domain/access/actor.ts'
import { source, sourceInput } from '../../domain/capture/source.ts'
import { career } from '../../domain/catalog/career.ts'
import { generation } from '../../domain/catalog/generation.ts'
import { program } from '../../domain/catalog/program.ts'
import { publicSchool, schoolInput } from '../../domain/catalog/school.ts'
import { campaign, campaignInput } from '../../domain/routing/campaign.ts'
import { instant, recordId, slug } from '../../domain/vocabulary.ts'
import { cursorPage, cursorQuery } from '../paging.ts'
import { defineRoute } from '../route.ts'

const storedFields = {
  id: z.string(),
  version: z.int(),
  updatedAt: instant,
  updatedBy: actor.optional().meta({ description: 'Who last changed it. Absent: changed before this was recorded.' }),
  generation: generation.meta({
    description:
      'Absent unless the ID was deleted and written again: 2 for the second record with this ID, which has nothing of the ' +
      'first. Leads, returns and figures of the first are not those of the second.',
  }),
}
/** The fields of a record that only the server sets: what was read can be written back. */
export const readOnlyFields: readonly string[] = [
  ...Object.keys(storedFields),
  'key',
  'counters',
  'calendar',
  'creditCounted',
]
export const ifMatch = z.object({
  'if-match': z
    .string()
    .regex(/^(\*|"\d{1,12}")$/, 'must be the ETag of the record, such as "3", or *')
    .optional(),
})
const secret = z
  .string()
  .optional()
  .meta({ description: 'The webhook secret, if this request created one. It is shown only once.' })
const sourceKey = z.string().meta({ description: 'The publishable key that landing pages send as `X-Source-Key`.' })

const storedCareer = career.extend(storedFields).meta({ id: 'StoredCareer' })
const storedSchool = publicSchool.extend(storedFields).meta({ id: 'StoredSchool' })
const storedProgram = program.extend(storedFields).meta({ id: 'StoredProgram' })
const storedCampaign = campaign.omit({ counters: true })
const storedSource = source.extend({ ...storedFields, key: sourceKey }).meta({ id: 'StoredSource' })

/** The name of one record of each kind, as messages show it. */
export const recordLabels = {
  careers: 'Career',
  schools: 'School',
  programs: 'Program',
  campaigns: 'Campaign',
  sources: 'Source',
} as const
export type RecordKind = keyof typeof recordLabels
export const recordKinds: readonly RecordKind[] = ['careers', 'schools', 'programs', 'campaigns', 'sources']

/** The records that staff edit: the same four routes for each kind. */
export const records = {
  careers: createRecordRoutes({
    kind: 'careers',
    label: recordLabels.careers,
    id: slug,
    input: career,
    storedSchema: storedCareer,
    writtenSchema: storedCareer,
    example: { title: 'Cancer Registrar', summary: 'Keeps the record of every cancer case.', facts: [], sections: [] },
  }),
  schools: createRecordRoutes({
    kind: 'schools',
    label: recordLabels.schools,
    id: recordId,
    input: schoolInput,
    storedSchema: storedSchool,
    writtenSchema: storedSchool,
    example: { name: 'Tall Grass College', timeZone: 'America/Chicago' },
  }),
  programs: createRecordRoutes({
    kind: 'programs',
    label: recordLabels.programs,
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
    label: recordLabels.campaigns,
    id: recordId,
    input: campaignInput,
    storedSchema: storedCampaign.extend(storedFields).meta({ id: 'StoredCampaign' }),
    writtenSchema: storedCampaign.extend({ ...storedFields, secret }).meta({ id: 'WrittenCampaign' }),
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
    label: recordLabels.sources,
    id: recordId,
    input: sourceInput,
    storedSchema: storedSource,
    writtenSchema: storedSource,
    example: { name: 'Careers landing page', mode: 'live', origins: ['https://careers.example'] },
  }),
} as const

type RecordRoutesOptions<Label, Id, In, Stored, Written> = {
  kind: RecordKind
  /** The name of one record. Messages and operation IDs are made from it. */
  label: Label
  id: Id
  input: In
  storedSchema: Stored
  writtenSchema: Written
  example: object
}

function createRecordRoutes<
  Label extends string,
  Id extends z.ZodType,
  In extends z.ZodType,
  Stored extends z.ZodType,
  Written extends z.ZodType,
>({
  kind,
  label,
  id,
  input,
  storedSchema,
  writtenSchema,
  example,
}: RecordRoutesOptions<Label, Id, In, Stored, Written>) {
  const path = `/v1/ops/${kind}/{id}`
  const params = z.object({ id })
  const singular = label.toLowerCase()
  return {
    put: defineRoute({
      name: `put${label}` as const,
      method: 'PUT',
      path,
      caller: 'operator',
      summary: `Create or replace a ${singular}`,
      description:
        'To replace a record, send its ETag as `If-Match`, or `*` to overwrite whatever is there; without it, only a new record is ' +
        `created. Fields that only the server sets are ignored: ${readOnlyFields.join(', ')}.`,
      params,
      headers: ifMatch,
      body: input,
      readOnlyFields,
      // A career has long texts and up to 100 facts.
      maxBodyBytes: 128 * 1024,
      // Rules are nested.
      maxBodyDepth: 32,
      responses: {
        200: { description: 'Replaced.', body: writtenSchema },
        201: { description: 'Created.', body: writtenSchema },
      },
      problems: ['VERSION_CONFLICT', 'PRECONDITION_REQUIRED'],
      example: { params: { id: `my-${singular}` }, body: example },
    }),
    get: defineRoute({
      name: `get${label}` as const,
      method: 'GET',
      path,
      caller: 'operator',
      summary: `Read a ${singular}`,
      params,
      responses: { 200: { description: 'The record. Its ETag is its version.', body: storedSchema } },
      problems: ['NOT_FOUND'],
      example: { params: { id: `my-${singular}` } },
    }),
    delete: defineRoute({
      name: `delete${label}` as const,
      method: 'DELETE',
      path,
      caller: 'operator',
      summary: `Delete a ${singular}`,
      params,
      headers: ifMatch,
      responses: { 204: { description: 'Deleted.' } },
      problems: ['NOT_FOUND', 'VERSION_CONFLICT', 'STILL_NEEDED'],
      example: { params: { id: `my-${singular}` } },
    }),
    list: defineRoute({
      name: `list${label}Records` as const,
      method: 'GET',
      path: `/v1/ops/${kind}`,
      caller: 'operator',
      summary: `List the ${kind}, by ID`,
      query: cursorQuery.extend({
        prefix: recordId.optional().meta({ description: 'Only records whose ID begins with this.' }),
      }),
      responses: {
        200: {
          description: 'One page of records.',
          body: z.object({ records: z.array(storedSchema), page: cursorPage }),
        },
      },
    }),
  }
}
