import * as z from 'zod'
import { scope } from '../../domain/access/access-key.ts'
import { returnTerms } from '../../domain/aftercare/lead-return.ts'
import { status } from '../../domain/catalog/school.ts'
import { circuitView } from '../../domain/delivery/circuit-state.ts'
import { directEndpoint, endpoint, hours, pause } from '../../domain/routing/campaign.ts'
import { cap, schoolCaps } from '../../domain/routing/cap.ts'
import { recordId, singleLine } from '../../domain/vocabulary.ts'
import { ifMatch } from '../catalog/records.ts'
import { defineRoute } from '../route.ts'
import { capUsage, creditUsage } from './cap-usage.ts'

const schoolCampaign = z
  .object({
    id: recordId,
    version: z.int(),
    name: z.string().optional(),
    status: status.meta({ description: 'Paused if staff or you have paused it.' }),
    pausedBy: z.array(pause).meta({ description: 'Who paused it. You can lift your own pause only.' }),
    priceCents: z.int(),
    programs: z.array(z.object({ id: recordId, name: z.string() })),
    caps: schoolCaps.meta({ description: 'Your own caps.' }),
    contractCaps: z
      .array(cap)
      .meta({ description: 'The caps of your contract, set by staff. Of two caps for one period, the lower counts.' }),
    capUsage: z.array(capUsage),
    hours: hours.optional(),
    open: z.boolean().meta({ description: 'Whether the campaign is within its business hours now.' }),
    endpoint,
    testEndpoint: directEndpoint.optional(),
    returns: returnTerms,
  })
  .meta({ id: 'SchoolCampaign' })

const params = z.object({ id: recordId })
const campaignRoute = { path: '/v1/school/campaigns/{id}', caller: 'school', params } as const

export const readOwnSchool = defineRoute({
  name: 'readOwnSchool',
  method: 'GET',
  path: '/v1/school',
  caller: 'school',
  summary: 'Your school, its campaigns, their cap usage, and whether webhooks are paused',
  responses: {
    200: {
      description: 'The school.',
      body: z.object({
        schoolId: recordId,
        name: z.string(),
        timeZone: z.string(),
        status,
        scope,
        capUsage: z.array(capUsage).meta({ description: 'Over all your campaigns together, set by staff.' }),
        credit: creditUsage
          .optional()
          .meta({ description: 'What you may spend in total. Absent: no limit. Staff raise it once you have paid.' }),
        circuit: circuitView.meta({
          description: 'Whether webhooks to you are paused because your endpoint failed or asked us to wait.',
        }),
        campaigns: z.array(schoolCampaign),
      }),
    },
  },
  problems: ['NOT_FOUND'],
})

export const readSchoolCampaign = defineRoute({
  name: 'readSchoolCampaign',
  method: 'GET',
  ...campaignRoute,
  summary: 'One of your campaigns',
  responses: { 200: { description: 'The campaign. Its ETag is its version.', body: schoolCampaign } },
  problems: ['NOT_FOUND'],
  example: { params: { id: 'tall-grass-texas' } },
})

export const changeSchoolCampaign = defineRoute({
  name: 'changeSchoolCampaign',
  method: 'PATCH',
  ...campaignRoute,
  summary: 'Pause or resume one of your campaigns, or change its caps',
  description:
    'Sets your own pause and your own caps. After a pause is confirmed, no new lead is sent. What staff set stays: their ' +
    'pause, the caps of your contract, price, rules and endpoint. `status: active` lifts your pause; if staff have paused ' +
    'the campaign too, the response says so in `notice` and `status` stays `paused`.',
  headers: ifMatch,
  body: z
    .strictObject({
      status: status.optional(),
      caps: schoolCaps.optional(),
      reason: singleLine(200).optional().meta({ description: 'Why you pause. Staff read it.' }),
    })
    .refine((change) => change.status !== undefined || change.caps !== undefined, 'must contain `status` or `caps`')
    .meta({ id: 'SchoolCampaignChange' }),
  responses: {
    200: {
      description: 'The changed campaign.',
      body: schoolCampaign.extend({
        notice: z.string().optional().meta({ description: 'Set if the campaign is still paused by staff.' }),
      }),
    },
  },
  problems: ['NOT_FOUND', 'VERSION_CONFLICT', 'STAFF_PAUSED'],
  example: { params: { id: 'tall-grass-texas' }, body: { status: 'paused' } },
})
