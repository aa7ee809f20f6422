import * as z from 'zod'
import { idSchema } from '../ids.ts'
import { instant, recordId, slug } from '../vocabulary.ts'
import { visitor } from './lead-profile.ts'
import { abuseVerdict } from './spam-rules.ts'
import { traceparent } from './traceparent.ts'

/** What became of a lead that was kept back for staff. A released one is offered as a lead that waits. */
export const quarantine = z.enum(['held', 'released', 'rejected']).meta({ id: 'Quarantine' })

/** A visitor's enquiry as it is kept. Fields that routing may look at are those of an `Enquiry`. */
export const lead = z.strictObject({
  leadId: z.string(),
  receivedAt: instant,
  outcome: z.enum(['accepted', 'unmatched', 'duplicate']),
  sourceId: recordId,
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
  test: z.boolean(),
  abuse: abuseVerdict.optional(),
  quarantine: quarantine.optional(),
  traceparent: traceparent.optional(),
})
export type Lead = z.output<typeof lead>
/** A lead before a decision about it has been taken. */
export type LeadDraft = Omit<Lead, 'outcome'>

/** What is kept of a lead whose person was forgotten: enough for the books, and nothing of the person. */
export const erasedLead = z.strictObject({
  ...lead.pick({
    leadId: true,
    receivedAt: true,
    outcome: true,
    sourceId: true,
    careerSlug: true,
    programId: true,
    state: true,
    test: true,
  }).shape,
  erasureId: idSchema('erasure'),
  erasedAt: instant,
})
export type ErasedLead = z.output<typeof erasedLead>
