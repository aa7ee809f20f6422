import * as z from 'zod'
import { actor } from '../access/actor.ts'
import { generation } from '../catalog/generation.ts'
import { idSchema } from '../ids.ts'
import { instant, recordId, slug } from '../vocabulary.ts'
import { leadNote } from './clean-context.ts'
import { visitor } from './lead-profile.ts'
import { abuseVerdict } from './spam-rules.ts'
import { traceparent } from './traceparent.ts'

/** The first day (UTC) that can have a lead. */
export const firstLeadDay = '2026-01-01'

/** The state of a lead that was held for review. A released lead is offered like any lead that is due. */
export const quarantine = z.enum(['held', 'released', 'rejected']).meta({ id: 'Quarantine' })

/** Who decided about a lead that was held for review, and when. */
export const quarantineReview = z.strictObject({ at: instant, by: actor }).meta({ id: 'QuarantineReview' })
export type QuarantineReview = z.output<typeof quarantineReview>

/** A visitor's request as it is stored. Routing reads only the fields of a `LeadProfile`. */
export const lead = z.strictObject({
  leadId: z.string(),
  receivedAt: instant,
  outcome: z.enum(['accepted', 'unmatched', 'duplicate']),
  sourceId: recordId,
  sourceGeneration: generation.meta({ description: 'Absent unless the ID of the source was used before.' }),
  careerSlug: slug,
  programId: recordId.optional(),
  state: z.string(),
  contact: z.strictObject({
    firstName: z.string(),
    lastName: z.string(),
    email: z.string(),
    phone: z.string(),
    zip: z.string(),
    state: z.string(),
  }),
  ...visitor,
  page: z.strictObject({ url: z.string(), referrer: z.string().optional() }),
  notes: z.array(leadNote).optional().meta({
    description: 'Which fields of context were cleaned, cut or dropped. Absent: none.',
  }),
  globalPrivacyControl: z
    .literal(true)
    .optional()
    .meta({ description: 'Set if the browser of the visitor sent Global Privacy Control.' }),
  consentGivenAt: instant.optional().meta({
    description: 'When the visitor agreed, if its publisher sent the lead later. A withdrawal since then stands.',
  }),
  test: z.boolean(),
  abuse: abuseVerdict.optional(),
  quarantine: quarantine.optional(),
  review: quarantineReview.optional().meta({ description: 'Who released or rejected it, and when.' }),
  withdrawnAt: instant.optional().meta({
    description: 'When the person withdrew the consent of this lead. Later consent does not remove it.',
  }),
  traceparent: traceparent.optional(),
})
export type Lead = z.output<typeof lead>
/** A lead before a decision about it has been taken. */
export type LeadDraft = Omit<Lead, 'outcome'>

/** The tombstone of a lead whose personal data was erased. It has what reconciliation and billing need, and nothing about the person. */
export const erasedLead = z.strictObject({
  ...lead.pick({
    leadId: true,
    receivedAt: true,
    outcome: true,
    sourceId: true,
    sourceGeneration: true,
    careerSlug: true,
    programId: true,
    state: true,
    test: true,
  }).shape,
  erasureId: idSchema('erasure'),
  erasedAt: instant,
})
export type ErasedLead = z.output<typeof erasedLead>
