import { dispositionLabels } from '../../../app/text/lead-labels.ts'
import { activeOrPaused, capsText, duplicateFields, type FieldTexts, factFields, placeFields } from './field-text.ts'

const dispositionChoices = Object.fromEntries(
  Object.entries(dispositionLabels).map(([word, { label }]) => [word, label]),
)

export const schoolFields: FieldTexts = {
  name: { label: 'Name', help: 'Shown to visitors and staff.' },
  consentNames: {
    label: 'Other names in consent texts',
    help: 'Names by which a publisher’s own consent text may name the school, such as registered brands.',
  },
  legalName: { label: 'Legal name', help: 'Used in consent texts. Leave blank to use the name.' },
  place: { label: 'Place', help: 'Shown to visitors in listings.', fields: placeFields },
  logoUrl: {
    label: 'Logo address',
    help: 'A small picture, such as an SVG of 96 by 96 pixels. Blank: the initials.',
    fault: 'Enter an address that begins with https://.',
  },
  url: {
    label: 'Website',
    help: 'The website of the school.',
    fault: 'Enter a full URL, such as https://college.example.',
  },
  accreditation: {
    label: 'Accreditation',
    help: 'Who accredits the school.',
    item: 'accreditor',
    fields: {
      name: { label: 'Accreditor', help: 'Its full name.' },
      url: { label: 'URL', help: 'Where the accreditation can be checked.', fault: 'Enter a full URL.' },
      asOf: {
        label: 'Confirmed on (UTC)',
        help: 'When it was last confirmed.',
        fault: 'Enter a date and time such as 2026-08-01T00:00:00Z.',
      },
    },
  },
  ipedsId: {
    label: 'IPEDS unit ID',
    help: 'Its number at the U.S. Department of Education, such as 228778.',
    fault: 'Enter the 6 digits of the unit ID.',
  },
  facts: {
    label: 'Facts',
    help: 'Figures of the school, each with its source.',
    item: 'fact',
    fields: factFields,
  },
  status: { label: 'Status', help: 'Paused schools receive no leads.', choices: activeOrPaused },
  timeZone: {
    label: 'Time zone',
    help: 'Such as America/Chicago.',
    fault: 'Select a time zone, such as America/Chicago.',
  },
  titleIv: {
    label: 'Title IV school',
    help: 'Takes part in federal student aid, so it may not pay for enrollments (34 CFR 668.14(b)(22)).',
  },
  caps: { ...capsText, help: 'Limits across all campaigns of the school.' },
  billing: {
    label: 'Billing',
    help: 'A prepaid school gets leads only while its balance covers them.',
    choices: { invoice: 'Invoice', prepaid: 'Prepaid' },
  },
  creditCents: { label: 'Credit limit', help: 'The most that the school may owe. Blank: no limit, or 0 if prepaid.' },
  lowBalanceCents: { label: 'Low balance', help: 'We alert you when this much is left. Blank: a fifth of the limit.' },
  notificationWebhook: {
    label: 'Notification webhook',
    help: 'Where the school’s system is told what its people are told: caps, balance, decisions, statements.',
    fault: 'Enter a public URL that starts with https://.',
  },
  notificationSecret: {
    label: 'Notification secret',
    help: 'Signs these webhooks. Needed for a webhook. It is never shown again. Blank: no change.',
    fault: 'Enter a secret that starts with whsec_.',
  },
  noLeadsDays: {
    label: 'Days without leads',
    help: 'We alert you and the school when it gets no leads for so many days. Blank: 7. 0: never.',
  },
  deliveries: {
    label: 'Rate limit',
    help: 'How fast leads are sent to the school’s endpoints.',
    fields: {
      atOnce: { label: 'Parallel attempts', help: 'Attempts that may run at the same time.' },
      perMinute: { label: 'Attempts per minute', help: 'Blank: no limit.' },
    },
  },
  dispositionCodes: {
    label: 'Status codes',
    help: 'What the codes of the school’s own system mean.',
    item: 'code',
    isAdvanced: true,
    fields: {
      code: { label: 'Code', help: 'As the school’s system writes it.', fault: 'Enter each code once.' },
      disposition: { label: 'Status', help: 'What it means here.', choices: dispositionChoices },
    },
  },
  privacyNoticeEmail: {
    label: 'Privacy notice email',
    help: 'Gets requests to delete personal data if no webhook can receive them.',
    fault: 'Enter a valid email address, like name@example.com.',
  },
  duplicates: {
    label: 'Duplicate check',
    help: 'When a lead counts as one that the school already has.',
    fields: duplicateFields,
  },
}
