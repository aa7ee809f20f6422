import * as z from 'zod'
import { cleanContext, normalizeUserAgent } from '../../domain/capture/clean-context.ts'
import { sha256 } from '../../domain/capture/consent.ts'
import { visitor } from '../../domain/capture/lead-profile.ts'
import { readFormValues } from '../../domain/capture/read-form-values.ts'
import { idSchema } from '../../domain/ids.ts'
import { instant, recordId, slug, zip } from '../../domain/vocabulary.ts'
import { withdrawalPath } from '../aftercare/withdrawals.ts'
import { defineRoute } from '../route.ts'
import {
  contextFields,
  grantedField,
  personFields,
  serverLeadRequest,
  sourceHeaders,
  spamFields,
  traceHeaders,
} from './lead-fields.ts'

export const matchRequest = z
  .strictObject({ careerSlug: slug, programId: recordId.optional(), zip, ...visitor })
  .meta({ id: 'MatchRequest' })

const disclosureTemplate = z
  .object({
    before: z.string(),
    after: z.string(),
    join: z.object({ pair: z.string(), separator: z.string(), last: z.string() }),
  })
  .meta({
    id: 'DisclosureTemplate',
    description:
      'Renders the consent text for some of the schools, at least one: `before`, their `consentName`s in the order of ' +
      '`schools`, `after`. Two names are joined with `join.pair`; three or more with `join.separator`, and with ' +
      '`join.last` before the last name. Show this text whenever a school is unchecked.',
  })

const cleanBody = (body: unknown) => cleanContext(readFormValues(body)).body

export const matchSchools = defineRoute({
  name: 'matchSchools',
  method: 'POST',
  path: '/v1/matches',
  caller: 'anyone',
  summary: 'Find the schools that match a visitor, and the consent text that names them',
  description: 'Takes no contact details and stores nothing. The `matchId` is a signed record of what was shown.',
  headers: sourceHeaders.extend({ ...traceHeaders, authorization: z.string().optional() }),
  body: matchRequest,
  prepareBody: cleanBody,
  responses: {
    200: {
      description: 'The match. If no school matches, `schools` is empty and there is nothing to consent to.',
      body: z
        .object({
          matchId: z.string(),
          formToken: z.string().meta({
            description:
              'Valid for one lead and at most one day. A page keeps the first token that it gets, even if it requests ' +
              'another match, and uses a new one after each lead that was accepted.',
          }),
          expiresAt: instant,
          schools: z.array(
            z.object({
              schoolId: recordId,
              name: z.string(),
              consentName: z
                .string()
                .meta({ description: 'The legal name by which the consent text names the school.' }),
              programId: recordId,
              programName: z.string(),
            }),
          ),
          disclosure: z.object({
            version: z.string(),
            text: z.string().meta({ description: 'The consent text that names all schools of the match.' }),
            sha256: sha256.meta({ description: 'SHA-256 of `text` in UTF-8.' }),
            template: disclosureTemplate,
          }),
        })
        .meta({ id: 'Match' }),
    },
  },
  problems: ['KEY_REQUIRED', 'KEY_INVALID', 'SOURCE_PAUSED', 'ORIGIN_NOT_ALLOWED', 'TOO_MANY_REQUESTS'],
  example: {
    headers: { 'x-source-key': 'pk_...' },
    body: {
      careerSlug: 'health-record-technician',
      zip: '78701',
      education: { highestLevel: 'high-school-diploma' },
      startWindow: '1-3-months',
    },
  },
})

/** The body that a landing page sends, or a server that shows our consent text. */
export const leadRequest = z
  .strictObject({
    matchId: z
      .string()
      .min(1)
      .max(8000)
      .meta({ description: 'As /v1/matches returned it. Several people may use the same one.' }),
    schoolIds: z
      .array(recordId)
      .min(1, 'must list at least one school of the match; leave it out to select all of them')
      .max(20)
      .optional()
      .meta({
        description:
          'The schools of the match that the visitor selected, in any order. Absent: all of them. The consent text must ' +
          'name exactly these schools.',
      }),
    ...personFields,
    consent: z.strictObject({
      granted: grantedField,
      sha256: sha256.meta({
        description:
          'SHA-256 of the consent text that was shown: `disclosure.sha256` of the match, or, with `schoolIds`, that of the ' +
          'text that `disclosure.template` gives for these schools.',
      }),
    }),
    ...contextFields,
    ...spamFields,
  })
  .meta({ id: 'LeadRequest' })

export const outcome = z.enum(['accepted', 'unmatched', 'duplicate']).meta({ id: 'Outcome' })

export const leadReceipt = z
  .object({
    leadId: idSchema('lead'),
    outcome,
    schools: z.array(z.object({ schoolId: recordId, name: z.string(), deliveryId: idSchema('delivery') })),
    receivedAt: instant,
    withdrawalPath: withdrawalPath.optional().meta({
      description:
        'The page on which the visitor withdraws this agreement, relative to the origin of the API. Show it to the visitor ' +
        'as a link; whoever has it can withdraw. Absent in the repeated response to a lead that was sent before the link existed.',
    }),
  })
  .meta({ id: 'LeadReceipt' })

export const submitLead = defineRoute({
  name: 'submitLead',
  method: 'POST',
  path: '/v1/leads',
  caller: 'source',
  summary: 'Submit a request for tuition information',
  description:
    'Accepted exactly once per Idempotency-Key: the same key and body return the same bytes, with `Idempotency-Replayed: true`. ' +
    'The server of a source may use its secret key to send a consent text of its own in place of a `matchId`. ' +
    'With a publishable key, the response is what a person who is not known here would get with the same answers: it does ' +
    'not tell whether the person is a duplicate, has opted out or is held for review, and a `deliveryId` in it may belong to ' +
    'nothing. With the secret key it is what became of the lead.',
  headers: z.object({
    'idempotency-key': z
      .string()
      .regex(/^[!-~]{1,255}$/, 'must be 1 to 255 visible ASCII characters')
      .optional()
      .meta({ description: 'Your own id of this form: the same for each retry, a new one for each request.' }),
    ...sourceHeaders.shape,
    ...traceHeaders,
    'user-agent': z
      .string()
      .transform((value) => normalizeUserAgent(value))
      .optional(),
  }),
  body: z.union([leadRequest, serverLeadRequest]).meta({ id: 'AnyLeadRequest' }),
  prepareBody: cleanBody,
  // A consent text of 12,000 characters has 72 kB if its sender escapes each of them, as Python does by default.
  maxSentBytes: 128 * 1024,
  responses: {
    201: {
      description: 'The lead is stored. `schools` lists those that the visitor’s answers qualify for.',
      body: leadReceipt,
    },
  },
  problems: [
    'IDEMPOTENCY_KEY_REQUIRED',
    'IDEMPOTENCY_KEY_REUSED',
    'MATCH_INVALID',
    'MATCH_EXPIRED',
    'CONSENT_MISMATCH',
    'SCHOOL_UNKNOWN',
    'SOURCE_PAUSED',
    'ORIGIN_NOT_ALLOWED',
  ],
  example: {
    headers: { 'idempotency-key': '5b6f0c0e-6d0c-4f6a-9d39-0d9a54b6e1f7', 'x-source-key': 'pk_...' },
    body: {
      matchId: '(from the match)',
      contact: {
        firstName: 'Ada',
        lastName: 'Example',
        email: 'ada@mail.example',
        phone: '(512) 789-1111',
        zip: '78701',
      },
      education: { highestLevel: 'high-school-diploma' },
      startWindow: '1-3-months',
      consent: { granted: true, sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' },
      page: { url: 'https://careers.example/health-record-technician' },
    },
  },
})
