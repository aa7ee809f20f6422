import * as z from 'zod'
import { rejectedInbound } from '../../domain/capture/inbound/rejected-inbound.ts'
import { cleanEnds, cleanLine } from '../../domain/fields/clean-text.ts'
import { idSchema } from '../../domain/ids.ts'
import { recordId } from '../../domain/vocabulary.ts'
import { cursorPage, cursorQuery } from '../paging.ts'
import { defineRoute } from '../route.ts'

const vendorId = z.union([z.string().min(1).max(40), z.int().min(0)]).transform(String)

/**
 * The body of Google's webhook of lead forms. Fields that are not listed are ignored, as Google asks for.
 * https://developers.google.com/google-ads/webhook/docs/implementation
 */
const googleLead = z
  .object({
    lead_id: z.string().min(1).max(255),
    google_key: z.string().max(300).optional(),
    form_id: vendorId,
    user_column_data: z
      .array(
        z.object({
          column_id: z.string().optional(),
          column_name: z.string().optional(),
          string_value: z.string().optional(),
        }),
      )
      .max(200),
    is_test: z.boolean().default(false),
    api_version: z.string().optional(),
    campaign_id: vendorId.optional(),
    adgroup_id: vendorId.optional(),
    creative_id: vendorId.optional(),
    gcl_id: z.string().optional(),
    lead_submit_time: z.string().optional(),
  })
  .meta({ id: 'GoogleLead' })
export type GoogleLead = z.output<typeof googleLead>

export const takeGoogleLead = defineRoute({
  name: 'takeGoogleLead',
  method: 'POST',
  path: '/v1/inbound/google/{sourceId}',
  caller: 'anyone',
  summary: 'Take a lead of a lead form of Google Ads',
  description:
    'Google calls it (webhook of a lead form asset). The body has the key of the source, and `lead_id` makes it one lead, however often it is ' +
    'sent. A lead that cannot be taken is listed for staff and answered with 200; a test lead that cannot be taken gets 422 that says why.',
  params: z.object({ sourceId: recordId }),
  body: googleLead,
  prepareBody: cleanTexts,
  responses: { 200: { description: 'Google need not send it again.', body: z.object({}) } },
  problems: ['NOT_FOUND', 'KEY_INVALID', 'TOO_MANY_REQUESTS', 'CONFLICT_RETRY'],
  example: {
    params: { sourceId: 'google-forms' },
    body: {
      lead_id: 'TeSter-123-ABCDEFGHIJKLMNOPQRSTUVWXYZ',
      user_column_data: [
        { column_name: 'Full Name', string_value: 'Ada Example', column_id: 'FULL_NAME' },
        { column_name: 'User Email', string_value: 'ada@mail.example', column_id: 'EMAIL' },
        { column_name: 'User Phone', string_value: '+15127891111', column_id: 'PHONE_NUMBER' },
        { column_name: 'Postal Code', string_value: '78701', column_id: 'POSTAL_CODE' },
      ],
      api_version: '1.0',
      form_id: 40_000_000_000,
      campaign_id: 10_000_000_000,
      google_key: 'a-key-of-your-own-choice',
      is_test: true,
    },
  },
})

export const verifyMetaWebhook = defineRoute({
  name: 'verifyMetaWebhook',
  method: 'GET',
  path: '/v1/inbound/meta/{sourceId}',
  caller: 'anyone',
  summary: 'Prove to Meta that the address of lead forms is ours',
  description:
    'Meta calls it when the webhook is entered in the app (https://developers.facebook.com/docs/graph-api/webhooks/getting-started).',
  params: z.object({ sourceId: recordId }),
  query: z.object({
    'hub.mode': z.literal('subscribe'),
    'hub.verify_token': z.string().min(1).max(300),
    'hub.challenge': z.string().regex(/^[A-Za-z0-9_-]{1,300}$/),
  }),
  responses: { 200: { description: 'The challenge.', contentType: 'text/plain; charset=utf-8' } },
  problems: ['NOT_FOUND', 'KEY_INVALID', 'TOO_MANY_REQUESTS'],
  example: {
    params: { sourceId: 'meta-forms' },
    query: { 'hub.mode': 'subscribe', 'hub.verify_token': 'a-token-of-your-own-choice', 'hub.challenge': '1158201444' },
  },
})

const metaId = z.union([z.string().min(1).max(40), z.int().min(0)]).transform(String)

/** https://developers.facebook.com/docs/graph-api/webhooks/getting-started/webhooks-for-leadgen */
const metaWebhook = z
  .object({
    object: z.string().optional(),
    entry: z
      .array(
        z.object({
          changes: z
            .array(
              z.object({
                field: z.string(),
                value: z.object({ leadgen_id: metaId.optional(), form_id: metaId.optional() }),
              }),
            )
            .max(1000)
            .default([]),
        }),
      )
      .max(1000),
  })
  .meta({ id: 'MetaWebhook' })

export const takeMetaLeads = defineRoute({
  name: 'takeMetaLeads',
  method: 'POST',
  path: '/v1/inbound/meta/{sourceId}',
  caller: 'anyone',
  summary: 'Take the announcement of leads of lead forms of Meta',
  description:
    'Meta calls it (field `leadgen` of a page). The leads are read from the Graph API within a minute, each once, and again for two and a half ' +
    'days if that fails. What cannot be taken is listed for staff.',
  params: z.object({ sourceId: recordId }),
  headers: z.object({
    'x-hub-signature-256': z
      .string()
      .max(200)
      .optional()
      .meta({ description: '`sha256=` and the HMAC-SHA256 of the body with the app secret, in hexadecimal.' }),
  }),
  body: metaWebhook,
  responses: { 200: { description: 'Meta need not send it again.', body: z.object({}) } },
  problems: ['NOT_FOUND', 'KEY_INVALID', 'TOO_MANY_REQUESTS'],
  example: {
    params: { sourceId: 'meta-forms' },
    headers: { 'x-hub-signature-256': 'sha256=...' },
    body: {
      object: 'page',
      entry: [{ changes: [{ field: 'leadgen', value: { leadgen_id: '123123123123', form_id: '12312312312' } }] }],
    },
  },
})

/** What cannot be seen is no reason to lose a lead. */
function cleanTexts(value: unknown): unknown {
  if (typeof value === 'string') return cleanEnds(cleanLine(value))
  if (Array.isArray(value)) return value.map(cleanTexts)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, cleanTexts(inner)]))
}

export const listRejectedInbound = defineRoute({
  name: 'listRejectedInbound',
  method: 'GET',
  path: '/v1/ops/rejected-inbound',
  caller: 'operator',
  summary: 'List leads of lead forms that could not be taken, latest first',
  description:
    'What the visitor answered is not stored. Mend the form of the source, download the lead from the vendor, and import it (`import leads`). Each is ' +
    'listed for 90 days, until it is marked as handled or the vendor sends it again and it is taken.',
  query: cursorQuery,
  responses: {
    200: { description: 'One page.', body: z.object({ rejected: z.array(rejectedInbound), page: cursorPage }) },
  },
})

export const handleRejectedInbound = defineRoute({
  name: 'handleRejectedInbound',
  method: 'POST',
  path: '/v1/ops/rejected-inbound/{inboundId}/handled',
  caller: 'operator',
  summary: 'Mark a lead of a lead form that could not be taken as handled',
  params: z.object({ inboundId: idSchema('inbound') }),
  responses: { 200: { description: 'It is off the list.', body: z.object({ inboundId: idSchema('inbound') }) } },
  problems: ['NOT_FOUND'],
  example: { params: { inboundId: 'inb_4fJ0q2mXbW7cT1nZ8yKd5A' } },
})
