import type { AttentionCode } from './attention.ts'

/** What can be wrong with a host on one machine, as alerts, the CLI and the console say it. */
export const attentionTitles: { [code in AttentionCode]: string } = {
  'mail-failing': 'Email to schools isn’t being sent',
  'backup-unsettled': 'A restored backup isn’t settled, so nothing is sent or saved',
  'delivery-overdue': 'A delivery is overdue',
  'endpoint-failing': 'A school’s webhook is failing',
  'mailbox-closed': 'A school’s endpoint is disabled',
  drift: 'Leads and deliveries don’t match',
  'disk-full': 'The disk is over 80% full',
  'backup-old': 'No backup in the last day',
  'certificate-expiring': 'The TLS certificate is about to expire',
  'certificate-unretained': 'Certificates of leads aren’t retained',
  'alert-failing': 'Alerts aren’t being sent',
  'calling-rules-old': 'Calling rules weren’t checked for a year',
  'facts-old': 'Facts of careers are out of date',
  'cap-almost-used': 'A cap is over 80% used',
  'cap-used': 'A cap is used up',
  'credit-almost-used': 'A school’s credit is over 80% used',
  'credit-used': 'A school’s credit is used up',
  'leads-stopped': 'A school gets no leads any more',
}
