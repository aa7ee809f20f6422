import {
  activeOrPaused,
  capPeriod,
  duplicateFields,
  type FieldText,
  type FieldTexts,
  openingHours,
} from './field-text.ts'
import { inboundFields } from './inbound-fields.ts'

const payoutAmount: FieldText = {
  label: 'Amount',
  help: 'A fixed amount, or a part of what each school pays.',
  fault: 'Select fixed or share, and enter how much.',
  fields: {
    kind: {
      label: 'Type',
      help: 'How the amount is computed.',
      choices: { fixed: 'Fixed amount', share: 'Share of the price' },
    },
    cents: { label: 'Amount', help: 'In dollars.', fault: 'Enter an amount, such as 15.00.' },
    percent: {
      label: 'Percent of the price',
      help: 'Of what each school pays for the lead.',
      fault: 'Enter a whole number from 0 to 100.',
    },
  },
}

export const sourceFields: FieldTexts = {
  name: { label: 'Name', help: 'Shown to staff and, with each lead, to schools.' },
  mode: {
    label: 'Mode',
    help: 'Leads from a test source are test leads.',
    choices: { live: 'Live', test: 'Test' },
  },
  status: {
    label: 'Status',
    help: 'While paused, matches and leads of the source are refused.',
    choices: activeOrPaused,
  },
  timeZone: {
    label: 'Time zone',
    help: 'For its statements, caps and hours, such as America/Chicago.',
    fault: 'Select a time zone, such as America/Chicago.',
  },
  origins: {
    label: 'Allowed websites',
    help: 'Websites that may use the key of the source, such as https://example.com. Blank: any website.',
    fault: 'Enter one website per line, such as https://example.com.',
  },
  rules: { label: 'Rules', help: 'Leads that don’t match are kept but not sent to schools.' },
  duplicates: {
    label: 'Duplicate check',
    help: 'When a lead counts as one that this source already sent, for all schools together.',
    fields: duplicateFields,
  },
  caps: {
    label: 'Caps',
    help: 'How many of the leads that come in a period are sold. Leads beyond a cap are kept but not sent to schools.',
    item: 'cap',
    fields: {
      period: capPeriod,
      limit: { label: 'Limit', help: 'Leads in each period.', fault: 'Enter a whole number.' },
    },
  },
  hours: {
    label: 'Hours',
    help: 'When its leads may come. Other leads are kept but not sent to schools. Leave unset for any time.',
    fields: {
      timeZone: { label: 'Time zone', help: 'Leave blank to use the time zone of the source.' },
      open: openingHours,
    },
  },
  payout: {
    label: 'Payout',
    help: 'What the source is paid for its leads. Leads that were accepted before keep what was agreed.',
    fields: {
      amount: payoutAmount,
      on: {
        label: 'Paid when',
        help: 'Accepted: once a school is to get the lead, whatever becomes of it. Delivered: once the school has it.',
        choices: { accepted: 'Lead accepted', delivered: 'Lead delivered' },
      },
      per: {
        label: 'A fixed amount is',
        help: 'For the lead: divided among the schools that get it.',
        choices: { lead: 'For the lead', school: 'For each school' },
      },
      exceptions: {
        label: 'Other amounts',
        help: 'For a campaign, a sub ID or both. The first that matches counts.',
        item: 'amount',
        fields: {
          campaignId: { label: 'Campaign', help: 'Blank: all campaigns.' },
          subId: {
            label: 'Sub ID',
            help: 'Only for leads with this value.',
            fields: {
              name: { label: 'Name', help: 'Such as s1.' },
              value: { label: 'Value', help: 'Such as newsletter.' },
            },
          },
          amount: payoutAmount,
        },
      },
    },
  },
  maxSales: { label: 'Maximum schools per lead', help: 'How many schools may get the same lead.' },
  method: {
    label: 'Order of campaigns',
    help: 'Which campaigns get a lead first.',
    choices: {
      priority: 'By priority',
      weight: 'By weight, at random',
      'round-robin': 'Round robin',
      price: 'By price',
    },
  },
  postback: {
    label: 'Postback',
    help: 'Where the source is told what becomes of its leads. Contact details are never sent.',
    fields: {
      kind: {
        label: 'Type',
        help: 'A signed JSON webhook, or an address with macros.',
        choices: { webhook: 'Signed webhook', get: 'Address with macros (GET)' },
      },
      url: {
        label: 'URL',
        help: 'Macros, for an address: {event}, {leadId}, {payout}, {reason}, {disposition}, {subId.name} and others.',
        fault: 'Enter a public URL. Macros may be used after the host only.',
      },
      events: {
        label: 'Events',
        help: 'What the source is told.',
        choices: { accepted: 'Accepted', rejected: 'Rejected', returned: 'Returned', outcome: 'Outcome' },
      },
    },
  },
  postbackSecret: {
    label: 'Postback secret',
    help: 'Signs webhooks to the source. Needed for a webhook. It is never shown again. Blank: no change.',
    fault: 'Enter a secret that starts with whsec_.',
  },
  ...inboundFields,
  abuse: {
    label: 'Bot detection',
    help: 'Enforce holds leads that look automated for review. Observe only records them.',
    choices: { off: 'Off', observe: 'Observe', enforce: 'Enforce' },
  },
  formToken: {
    label: 'Form token',
    help: 'If required, leads from a page without a form token look automated.',
    choices: { required: 'Required', optional: 'Optional' },
  },
  turnstile: { label: 'Turnstile check', help: 'Leads from a page that fail the Turnstile check look automated.' },
  turnstileSiteKey: {
    label: 'Turnstile site key',
    help: 'The public key with which our form shows the check. Blank: our form shows none, and its leads look automated.',
  },
  turnstileSecret: {
    label: 'Turnstile secret',
    help: 'The secret of the source’s own Turnstile widget. It is never shown again. Blank: no change.',
  },
  rateLimitPerMinute: { label: 'Requests per minute', help: 'For all keys of the source. Blank: no limit.' },
  confirmationEmail: {
    label: 'Confirmation email',
    help: 'Each visitor gets an email that names the schools, with a link to stop contact.',
  },
  minimumAge: {
    label: 'Minimum age',
    help: 'Asks visitors for their age and refuses those who are younger. Some states demand more. Blank: not asked; under 16 is refused.',
    fault: 'Enter an age from 13 to 25, or leave it blank.',
  },
  requireCertificate: {
    label: 'TrustedForm certificate required',
    help: 'Leads without a TrustedForm certificate are refused.',
  },
  certificateScript: {
    label: 'Certificate script',
    help: 'Our form loads this script to get a certificate. Blank: the page does, or no certificate is made.',
    choices: { trustedform: 'TrustedForm' },
  },
}
