import * as z from 'zod'
import { instant } from '../vocabulary.ts'

/** The place of an entry in the chain of a day. `sequence` counts over all days, so that a missing day shows. */
export const auditSeal = z.object({
  sequence: z.int(),
  entryId: z.string(),
  at: instant,
  sealedAt: instant,
  previousHash: z.string(),
  hash: z.string(),
})
export type AuditSeal = z.output<typeof auditSeal>

/** The end of the chain of a day. `previousHash` is the end of the day before, from which `firstSequence` continues. */
export const auditHead = z
  .object({ day: z.string(), firstSequence: z.int(), sequence: z.int(), previousHash: z.string(), hash: z.string() })
  .meta({ id: 'AuditHead' })
export type AuditHead = z.output<typeof auditHead>

export const auditFault = z
  .object({
    fault: z.enum([
      'edited',
      'deleted',
      'inserted',
      'out-of-order',
      'truncated',
      'not-sealed',
      'proof-removed',
      'proof-changed',
    ]),
    entryId: z.string().optional(),
    sequence: z.int().optional(),
    detail: z.string(),
  })
  .meta({ id: 'AuditFault' })
export type AuditFault = z.output<typeof auditFault>
