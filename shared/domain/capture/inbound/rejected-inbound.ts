import * as z from 'zod'
import { idSchema } from '../../ids.ts'
import { instant, recordId } from '../../vocabulary.ts'
import { inboundVendor } from './inbound-terms.ts'

/** A lead of a lead form that could not be taken. It has no answer of the visitor. */
export const rejectedInbound = z
  .object({
    inboundId: idSchema('inbound'),
    sourceId: recordId,
    vendor: inboundVendor,
    vendorLeadId: z.string().meta({ description: 'The ID of the lead at the vendor, by which it is found there.' }),
    formId: z.string(),
    test: z.boolean(),
    at: instant,
    code: z.string().meta({
      description:
        '`FORM_UNKNOWN`: the source has no such form. Otherwise the code of the problem that the server of a publisher would get.',
    }),
    errors: z.array(z.object({ pointer: z.string(), code: z.string() })).meta({
      description: 'The fields of the lead that are not valid, without their values.',
    }),
  })
  .meta({ id: 'RejectedInbound' })
export type RejectedInbound = z.output<typeof rejectedInbound>
