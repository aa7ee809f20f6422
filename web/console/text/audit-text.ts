import type { AuditAction } from '#shared/domain/access/audit-actions.ts'

/** What each action of an audit entry is called. */
export const auditActionLabels: { readonly [action in AuditAction]: string } = {
  'record.created': 'Created',
  'record.changed': 'Changed',
  'record.deleted': 'Deleted',
  'key.created': 'API key created',
  'key.revoked': 'API key revoked',
  'portal-link.created': 'Sign-in link created',
  'portal-link.opened': 'Signed in by link',
  'portal-link.revoked': 'Sign-in link revoked',
  'session.ended': 'Signed out',
  'secret.rotated': 'Webhook secret rotated',
  'campaign.changed-by-school': 'Changed by the school',
  'campaign.paused': 'Paused',
  'campaign.resumed': 'Resumed',
  'lead.taken': 'Lead opened by the school',
  'untaken-work.handled': 'Marked as handled',
  'delivery.replayed': 'Lead resent',
  'replay.started': 'Replay started',
  'lead.released': 'Lead released',
  'lead.rejected': 'Lead rejected',
  'lead.revealed': 'Contact info viewed',
  'leads.exported': 'Leads exported',
  'test-lead.sent': 'Test lead sent',
  'disposition.recorded': 'Status set',
  'return.requested': 'Credit requested',
  'return.accepted': 'Credit approved',
  'return.refused': 'Credit denied',
  'consent.withdrawn': 'Consent withdrawn',
  'withdrawal.received': 'Withdrawal received',
  'suppression.added': 'Suppression added',
  'suppression.lifted': 'Suppression lifted',
  'suppressions.imported': 'Suppressions imported',
  'suppressions.exported': 'Suppressions exported',
  'person.erased': 'Personal data deleted',
  'consent-proof.read': 'Proof of consent viewed',
  'access-request.answered': 'Access request answered',
}

export const actorText = {
  visitor: 'Visitor',
  system: (name: string) => `System (${name})`,
  withOwner: (owner: string, name: string) => `${owner} (${name})`,
  unknownKey: 'a key without a name',
} as const

export const changesText = {
  notSet: 'Not set',
  empty: 'None',
  yes: 'Yes',
  no: 'No',
  before: 'Before:',
  after: 'After:',
  added: 'Added:',
  removed: 'Removed:',
  reordered: 'The order changed.',
  hidden: 'Changed. The value is not shown.',
  /** Fields that a record has in the history but not in its form. */
  otherFields: {
    key: { label: 'Landing page key', help: '' },
    sealed: { label: 'Turnstile secret', help: '' },
    secret: { label: 'Webhook secret', help: '' },
    headerSecrets: { label: 'Header secrets', help: '' },
  },
  member: (label: string, value: string) => `${label}: ${value}`,
} as const

export const historyText = {
  link: 'History',
  lastChangedBy: (name: string) => `last changed by ${name},`,
  lastChanged: 'last changed',
  title: (name: string) => `History of ${name}`,
  back: (singular: string) => `Back to the ${singular}`,
  list: 'Versions, newest first',
  by: 'By',
  empty: 'No changes are recorded. Changes are recorded from the first save on.',
  allValues: (count: string) => `All ${count} values`,
  noChanges: 'No field changed.',
  current: 'Same as now',
  revert: 'Revert to this version',
  revertTitle: 'Revert to this version?',
  revertHelp: 'These fields will change:',
  revertNote: 'It is saved as a new version. Secrets, and what the school set itself, stay as they are.',
  revertConfirm: 'Revert',
  reverted: 'Reverted. The record is as it was on',
  deleted:
    'This record was deleted, so no version can be restored. To use its ID again, create a new record; it won’t inherit leads, keys, or counters.',
  moved: 'This version belonged to another school, so it can’t be restored here. Create a new record for that school.',
  conflict:
    'Someone else changed this record in the meantime, so nothing was saved. The history below is up to date: check what the revert would change, and try again.',
  refused: 'Nothing was saved. Some values of that version can’t be used anymore:',
} as const
