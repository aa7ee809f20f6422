import * as z from 'zod'
import { instant } from '../vocabulary.ts'

const attentionCode = z.enum([
  'mail-failing',
  'delivery-overdue',
  'endpoint-failing',
  'mailbox-closed',
  'drift',
  'disk-full',
  'backup-old',
  'cap-almost-used',
  'cap-used',
  'credit-almost-used',
  'credit-used',
])
export type AttentionCode = z.output<typeof attentionCode>

/** What can be wrong with a host on one machine, as alerts and the CLI say it. */
export const attentionTitles: { [code in AttentionCode]: string } = {
  'mail-failing': 'Email to schools is not being sent',
  'delivery-overdue': 'A delivery is overdue',
  'endpoint-failing': 'A school’s webhook is failing',
  'mailbox-closed': 'A school’s endpoint is disabled',
  drift: 'Leads and deliveries do not match',
  'disk-full': 'The disk is over 80% full',
  'backup-old': 'No backup in the last day',
  'cap-almost-used': 'A cap is over 80% used',
  'cap-used': 'A cap is used up',
  'credit-almost-used': 'A school’s credit is over 80% used',
  'credit-used': 'A school’s credit is used up',
}

export const attentionItem = z.object({
  code: attentionCode,
  subject: z.string().optional().meta({ description: 'ID of the school, campaign or day that it is about.' }),
  since: instant,
  reason: z.string().meta({ description: 'Figures or codes, such as `ECONNREFUSED at CONN`. No personal data.' }),
  detail: z.string().meta({ description: 'What to do.' }),
})
export type AttentionItem = z.output<typeof attentionItem>
/** What was found. Without `since`, it begins when it is first found. */
export type AttentionFinding = Omit<AttentionItem, 'since'> & { since?: string }
