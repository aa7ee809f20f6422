import * as z from 'zod'
import { sha256 } from '../domain/consent.ts'
import { visitor } from '../domain/enquiry.ts'
import { idOf } from '../domain/ids.ts'
import { instant, line, recordId, slug, state, url, zip } from '../domain/vocabulary.ts'
import { route } from './route.ts'

export const publishableKey = z.string().max(200).optional().meta({ description: 'The publishable key of the source.' })

export const matchRequest = z
  .strictObject({ careerSlug: slug, programId: recordId.optional(), zip, ...visitor })
  .meta({ id: 'MatchRequest' })

export const matchSchools = route({
  name: 'matchSchools',
  method: 'POST',
  path: '/v1/matches',
  caller: 'anyone',
  summary: 'The schools that would take this visitor, and the consent text that names them',
  description: 'Takes no contact details and writes nothing. The `matchId` is a signed record of what was shown.',
  headers: z.object({ 'x-source-key': publishableKey, origin: z.string().max(300).optional() }),
  body: matchRequest,
  responses: {
    200: {
      description: 'The match. No school may be in it; then there is nothing to consent to.',
      body: z
        .object({
          matchId: z.string(),
          expiresAt: instant,
          schools: z.array(
            z.object({ schoolId: recordId, name: z.string(), programId: recordId, programName: z.string() }),
          ),
          disclosure: z.object({ version: z.string(), text: z.string(), sha256 }),
        })
        .meta({ id: 'Match' }),
    },
  },
  problems: ['KEY_UNKNOWN', 'ORIGIN_NOT_ALLOWED'],
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

export const contact = z
  .strictObject({
    firstName: line(80),
    lastName: line(80),
    email: z.string().trim().min(3).max(254),
    phone: z.string().trim().min(7).max(40),
    zip,
    state: state.optional().meta({ description: 'Checked against the ZIP code where it is sent.' }),
  })
  .meta({ id: 'Contact' })

export const leadRequest = z
  .strictObject({
    matchId: z.string().min(1).max(8000).meta({ description: 'As /v1/matches gave it. It may serve several people.' }),
    schoolIds: z
      .array(recordId)
      .min(1)
      .max(20)
      .optional()
      .meta({ description: 'Narrows the match to what was ticked.' }),
    contact,
    ...visitor,
    consent: z.strictObject({
      granted: z.literal(true, 'must be true: without consent there is nothing to hand over'),
      sha256: sha256.meta({ description: 'Of the disclosure text that was shown.' }),
    }),
    page: z.strictObject({ url, referrer: url.optional() }),
    trustedFormCertUrl: url
      .optional()
      .meta({ description: 'Certificate of how the form was filled in, where there is one.' }),
    test: z.boolean().default(false).meta({ description: 'Takes the same road, marked; never billed or counted.' }),
  })
  .meta({ id: 'LeadRequest' })

export const outcome = z.enum(['accepted', 'unmatched', 'duplicate']).meta({ id: 'Outcome' })

export const leadReceipt = z
  .object({
    leadId: idOf('lead'),
    outcome,
    schools: z.array(z.object({ schoolId: recordId, name: z.string(), deliveryId: idOf('delivery') })),
    receivedAt: instant,
  })
  .meta({ id: 'LeadReceipt' })

export const submitLead = route({
  name: 'submitLead',
  method: 'POST',
  path: '/v1/leads',
  caller: 'source',
  summary: 'A visitor asks for tuition information',
  description:
    'Taken exactly once for each Idempotency-Key: the same key and body give the same bytes again, with `Idempotency-Replayed: true`.',
  headers: z.object({
    'idempotency-key': z
      .string()
      .regex(/^[\x21-\x7e]{1,255}$/, 'must be 1 to 255 visible ASCII characters')
      .optional()
      .meta({ description: 'Your own id of this form: the same for each retry, another for each enquiry.' }),
    'x-source-key': publishableKey,
    origin: z.string().max(300).optional(),
    'user-agent': z
      .string()
      .transform((given) => given.slice(0, 1000))
      .optional(),
  }),
  body: leadRequest,
  responses: {
    201: { description: 'The lead is kept, and the schools are those that will get it.', body: leadReceipt },
  },
  problems: [
    'IDEMPOTENCY_KEY_REQUIRED',
    'IDEMPOTENCY_KEY_REUSED',
    'MATCH_INVALID',
    'MATCH_EXPIRED',
    'CONSENT_MISMATCH',
    'SCHOOL_UNKNOWN',
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
