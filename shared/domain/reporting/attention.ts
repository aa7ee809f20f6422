import * as z from 'zod'
import { instant } from '../vocabulary.ts'

const attentionCode = z.enum([
  'mail-failing',
  'backup-unsettled',
  'delivery-overdue',
  'endpoint-failing',
  'mailbox-closed',
  'drift',
  'disk-full',
  'backup-old',
  'certificate-expiring',
  'certificate-unretained',
  'alert-failing',
  'calling-rules-old',
  'facts-old',
  'cap-almost-used',
  'cap-used',
  'credit-almost-used',
  'credit-used',
  'leads-stopped',
])
export type AttentionCode = z.output<typeof attentionCode>

export const attentionItem = z.object({
  code: attentionCode,
  subject: z
    .string()
    .optional()
    .meta({ description: 'ID of the school, campaign or day that it is about, or the host or alert channel.' }),
  since: instant,
  reason: z.string().meta({ description: 'Figures or codes, such as `ECONNREFUSED at CONN`. No personal data.' }),
  detail: z.string().meta({ description: 'What to do.' }),
})
export type AttentionItem = z.output<typeof attentionItem>
/** What was found. Without `since`, it begins when it is first found. */
export type AttentionFinding = Omit<AttentionItem, 'since'> & { since?: string }
