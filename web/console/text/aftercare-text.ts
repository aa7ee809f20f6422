import type { UntakenWorkAct } from '#shared/domain/aftercare/untaken-work.ts'
import type { UntakenReason } from '#shared/domain/capture/lead-access.ts'

export const returnsText = {
  title: 'Returns',
  intro:
    'Schools request credit for bad leads. Approving restores the school’s caps and budget. If you deny it, the school ' +
    'sees your reason. Decisions are final.',
  status: 'Status',
  empty: {
    requested: 'No credit requests are waiting.',
    accepted: 'No credit requests have been approved.',
    refused: 'No credit requests have been denied.',
  },
  viewLead: 'View lead',
  heading: 'Credit request',
  message: 'Message to the school',
  messageHelp: 'Required to deny. Don’t include personal information.',
  messageRequired: 'Enter a reason. The school will see it.',
  approve: (credit: string) => `Approve ${credit} credit`,
  deny: 'Deny',
  confirmations: {
    accept: (school: string, credit: string) => ({
      title: `Approve ${credit} credit for ${school}?`,
      text: 'This decision is final.',
      confirmLabel: 'Approve credit',
    }),
    refuse: (school: string, credit: string) => ({
      title: `Deny ${credit} credit for ${school}?`,
      text: 'The school sees your message. This decision is final.',
      confirmLabel: 'Deny credit',
    }),
  },
  decided: { requested: '', accepted: 'Approved.', refused: 'Denied.' },
} as const

export const bulkReturnsText = {
  title: 'Decide several requests',
  select: (school: string) => `Select the request of ${school}`,
  selectAll: 'Select all on this page',
  selected: (count: string, credit: string) => `${count} selected, ${credit} in all`,
  message: 'Message to these schools',
  messageHelp: 'Required to deny. Each of them sees it. Don’t include personal information.',
  messageRequired: 'Enter a reason. The schools will see it.',
  approve: 'Approve selected',
  deny: 'Deny selected',
  confirmations: {
    accept: (count: string, credit: string) => ({
      title: `Approve ${count} requests, ${credit} in all?`,
      text: 'These decisions are final.',
      confirmLabel: 'Approve all',
    }),
    refuse: (count: string, credit: string) => ({
      title: `Deny ${count} requests, ${credit} in all?`,
      text: 'The schools see your message. These decisions are final.',
      confirmLabel: 'Deny all',
    }),
  },
  done: (decided: string, refused: string) =>
    refused === '0' ? `Decided: ${decided}.` : `Decided: ${decided}. Not decided: ${refused}; see each below.`,
} as const

export const creditText = {
  title: 'Give credit without a request',
  help: 'The school gets its money back, the source loses what the lead earned, and caps are released. This can’t be undone.',
  reason: 'Reason',
  select: 'Select',
  reasonRequired: 'Select a reason.',
  message: 'Message to the school',
  messageHelp: 'Optional. Don’t include personal information.',
  evidence: 'Evidence',
  evidenceHelp: 'Optional. The web address of what was found, such as a recording.',
  evidenceFault: 'Enter a web address, such as https://example.com/call.',
  give: (credit: string) => `Give ${credit} credit`,
  confirmation: (school: string, credit: string) => ({
    title: `Give ${school} ${credit} credit?`,
    text: 'This decision is final.',
    confirmLabel: 'Give credit',
  }),
} as const

export const outcomeText = {
  title: 'Record a status for the school',
  help: 'As if the school had recorded it: it is in reports, and the source is told. The school sees that staff recorded it.',
  outcome: 'New status',
  select: 'Select',
  required: 'Select a status.',
  term: 'Term',
  termHelp: 'Optional, such as Fall 2027.',
  save: 'Record status',
} as const

export const erasureText = {
  title: 'Deletion requests',
  caption: 'Deletion requests, newest first',
  empty: 'No deletion requests yet.',
  columns: { requested: 'Requested on', status: 'Status', leads: 'Leads', requestedBy: 'Requested by' },
  formTitle: 'Delete personal data',
  formHelp: 'Enter the email or phone they gave. We don’t store what you enter.',
  contact: 'Email or phone',
  open: 'Delete personal data',
  confirmTitle: 'Permanently delete this person’s data?',
  confirmHelp:
    'All of their data is removed from every lead; anything not yet sent is canceled. Every school that received a ' +
    'lead is asked to delete it, too. This can’t be undone.',
  keptHelp: 'Counts and routing decisions stay. The proof of consent is kept for five years without a name or address.',
  suppress: 'Also suppress: don’t send future leads from this person',
  confirm: 'Delete permanently',
} as const

export const receiptText = {
  title: 'Deletion request',
  all: 'All deletion requests',
  region: 'Receipt',
  running: 'Deletion is in progress and continues every minute. You can leave this page.',
  notFound: 'No leads were found for that email or phone. Try the other one.',
  done: 'Personal data deleted.',
  id: 'Receipt',
  requested: 'Requested on',
  completed: 'Completed on',
  requestedBy: 'Requested by',
  leads: 'Leads',
  schools: 'Schools that received a lead',
  noticesFailed:
    'A school could not be notified. Resend the notice once its endpoint works, or notify the school yourself with the ' +
    'lead IDs below.',
  caption: 'Deletion notices to schools',
  empty: 'No school received a lead from this person.',
  columns: { school: 'School', notified: 'Notified', nextAttempt: 'Next attempt', lead: 'Lead', resend: 'Resend' },
} as const

export const untakenWorkText = {
  title: 'Leads worked without delivery',
  intro:
    'These schools recorded a status or asked for credit for a lead that they rejected, never received, or ' +
    'already got credit for. We refused the change. Ask the school how it got the contact details.',
  caption: 'Refused changes by schools, newest first',
  empty: 'None. No school has worked a lead that it doesn’t have.',
  columns: {
    school: 'School',
    act: 'Tried to',
    why: 'Lead',
    at: 'Last tried',
    count: 'Times',
    lead: 'Timeline',
    handled: 'Handled',
  },
  acts: { disposition: 'Set a status', return: 'Request credit' } satisfies { [act in UntakenWorkAct]: string },
  reasons: {
    credited: 'Credited',
    rejected: 'Rejected by the school',
    failed: 'Never delivered',
    expired: 'Expired before delivery',
    'not-taken': 'Not delivered yet',
  } satisfies { [why in UntakenReason]: string },
  viewLead: 'View lead',
  markHandled: 'Mark as handled',
} as const
