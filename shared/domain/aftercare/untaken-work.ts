import * as z from 'zod'
import { idSchema } from '../ids.ts'
import { instant, recordId } from '../vocabulary.ts'

/** What a school tried to do with a lead that it never took. */
export const untakenWorkAct = z.enum(['disposition', 'return']).meta({ id: 'UntakenWorkAct' })
export type UntakenWorkAct = z.output<typeof untakenWorkAct>

/**
 * A school works a lead that it rejected, that never arrived, or for which it got credit. It can have the contact
 * details only from another place than this system, or it does not answer truthfully.
 */
export const untakenWork = z
  .strictObject({
    deliveryId: idSchema('delivery'),
    leadId: idSchema('lead'),
    schoolId: recordId,
    schoolName: z.string(),
    campaignId: recordId,
    act: untakenWorkAct.meta({ description: 'The latest of its acts, which was refused.' }),
    why: z
      .enum(['credited', 'rejected', 'failed', 'expired', 'not-taken'])
      .meta({ description: 'Why the school does not have the lead.' }),
    at: instant.meta({ description: 'The latest time.' }),
    count: z.int().min(1).meta({ description: 'How often it was refused.' }),
  })
  .meta({ id: 'UntakenWork' })
export type UntakenWork = z.output<typeof untakenWork>
