import { returnReasonLabels } from '../../../app/text/lead-labels.ts'
import { activeOrPaused, capsText, type FieldTexts, openingHours, weekdayNames } from './field-text.ts'

const email = 'Enter a valid email address, like name@example.com.'

const endpointFields: FieldTexts = {
  kind: {
    label: 'Type',
    help: 'How leads are sent.',
    choices: { webhook: 'Webhook', email: 'Email', 'email-file': 'CSV file by email', sftp: 'CSV file by SFTP' },
  },
  url: {
    label: 'URL',
    help: 'The address that receives the webhooks.',
    fault: 'Enter a public URL, such as https://example.com/leads.',
  },
  to: {
    label: 'Email addresses',
    help: 'Up to 10 mailboxes. Each message goes to all of them.',
    fault: 'Enter up to 10 different email addresses, one per line.',
  },
  subject: {
    label: 'Subject',
    help: 'With fields of the lead, such as {{ contact.lastName }} or {{ program.name }}. Leave blank for the usual subject.',
    fault: 'Check the fields that the subject names.',
    isAdvanced: true,
  },
  text: {
    label: 'Email text',
    help: 'Replaces the content of the email; each line is a paragraph. Fields as in the subject. Leave blank for the usual letter.',
    fault: 'Check the fields that the text names.',
    isAdvanced: true,
  },
  attachment: {
    label: 'Attachment',
    help: 'Adds the lead as a file that other systems read.',
    choices: { csv: 'CSV', adf: 'ADF/XML' },
  },
  schedule: {
    label: 'Schedule',
    help: 'When files are sent. All leads that wait are one file; without leads no file is sent.',
    fault: 'Enter at least one time.',
    fields: {
      times: {
        label: 'Times',
        help: 'Such as 06:00 or 18:30.',
        fault: 'Enter times such as 06:00, one per line.',
      },
      days: { label: 'Days', help: 'Select none for every day.', choices: weekdayNames },
      timeZone: { label: 'Time zone', help: 'Leave blank to use the time zone of the school.' },
    },
  },
  host: {
    label: 'Server',
    help: 'Host name of the SFTP server.',
    fault: 'Enter a public host name, such as sftp.example.edu.',
  },
  port: { label: 'Port', help: 'Usually 22.', fault: 'Enter a port from 1 to 65535.' },
  username: { label: 'User name', help: 'Of the account at the SFTP server.' },
  folder: {
    label: 'Folder',
    help: 'Where files are written. It must exist. A dot is the folder of the user.',
    fault: 'Enter a folder, such as /incoming/leads.',
  },
  hostKeys: {
    label: 'Host key fingerprints',
    help: 'The school’s IT knows them; “ssh-keyscan HOST | ssh-keygen -lf -” prints them. With any other key nothing is sent.',
    fault: 'Enter fingerprints that start with SHA256:, one per line.',
  },
  password: {
    label: 'Password',
    help: 'Leave blank to keep the current password or to use a key.',
    fault: 'Enter a password or a private key.',
  },
  privateKey: {
    label: 'Private key',
    help: 'Without a passphrase. Leave blank to keep the current key or to use a password.',
    fault: 'Paste the whole key, from -----BEGIN to -----END.',
  },
  request: {
    label: 'Request template',
    help: 'Leave blank to send the standard JSON. Include “test” in the template or set a test endpoint; otherwise, test leads look real.',
    fault: 'Check the request template.',
    isAdvanced: true,
  },
  responses: {
    label: 'Response rules',
    help: 'How to read the school’s responses. Leave blank to accept every 2xx status.',
    fault: 'Check the response rules.',
    isAdvanced: true,
  },
  preset: {
    label: 'Response format',
    help: 'Response rules that many schools share.',
    choices: { 'standard-webhooks': 'Standard Webhooks', leadconduit: 'LeadConduit', 'plain-text': 'Plain text' },
  },
  fallbackTo: {
    label: 'Backup email',
    help: 'Gets a lead by email if the webhook has not accepted it for 15 minutes.',
    fault: email,
  },
  secret: {
    label: 'Webhook secret',
    help: 'Leave blank to keep the current secret or to create one.',
    fault: 'Enter a secret that starts with whsec_, or leave it blank.',
    isAdvanced: true,
  },
  headerSecrets: {
    label: 'Header secrets',
    help: 'Secret values for headers of the request template, by name. Each is kept until it is replaced.',
    fault: 'Check the names of the header secrets.',
    isAdvanced: true,
  },
}

export const campaignFields: FieldTexts = {
  name: { label: 'Name', help: 'Shown to the school. Leave blank to use the names of the programs.' },
  status: { label: 'Status', help: 'Paused campaigns receive no leads.', choices: activeOrPaused },
  schoolStatus: {
    label: 'School’s own pause',
    help: 'The school pauses and resumes this in its portal. The campaign receives leads only if both are active.',
    choices: activeOrPaused,
  },
  schoolId: { label: 'School', help: 'The school that buys the leads.', fault: 'Select a school.' },
  programIds: {
    label: 'Programs',
    help: 'The programs that the school wants leads for.',
    fault: 'Select at least one program of this school.',
  },
  priceCents: { label: 'Price per lead', help: 'Charged per lead, never per enrollment (34 CFR 668.14(b)(22)).' },
  returns: {
    label: 'Returns',
    help: 'When the school may request credit. Leave unset for 14 days and every reason.',
    fields: {
      days: { label: 'Days to return', help: 'Counted from delivery. 0: no returns.' },
      reasons: {
        label: 'Accepted reasons',
        help: 'Select none to accept every reason.',
        choices: Object.fromEntries(Object.entries(returnReasonLabels).map(([value, { label }]) => [value, label])),
      },
      maxSharePercent: {
        label: 'Limit per month (percent)',
        help: 'Of the leads that the campaign delivered this month, rounded up. Denied requests don’t count. Blank: no limit.',
        fault: 'Enter 1 to 100, or leave it blank.',
      },
      autoApproveAfterHours: {
        label: 'Approve after hours',
        help: 'Requests that you have not decided by then are approved. Blank: never.',
        fault: 'Enter 1 to 720 hours, or leave it blank.',
      },
    },
  },
  rules: { label: 'Rules', help: 'Only leads that match are sent.' },
  caps: {
    ...capsText,
    label: 'Contract caps',
    help: 'Limits that only staff can change. The lower of two caps applies.',
  },
  schoolCaps: {
    ...capsText,
    label: 'School’s own caps',
    item: 'cap of the school',
    help: 'Limits that the school set for itself in its portal. Leave them as they are unless the school asks.',
  },
  hours: {
    label: 'Hours',
    help: 'When the school takes leads. Leave unset to send leads at any time.',
    fields: {
      timeZone: { label: 'Time zone', help: 'Leave blank to use the time zone of the school.' },
      open: openingHours,
      outside: {
        label: 'Outside these hours',
        help: 'What happens to leads while the school is closed.',
        choices: { deliver: 'Deliver anyway', park: 'Hold until open', skip: 'Don’t deliver' },
      },
    },
  },
  waitForCallingHours: {
    label: 'Wait for calling hours',
    help: 'Holds each lead until the visitor may be called, by the law and the clock of the visitor’s state.',
  },
  endpoint: {
    label: 'Endpoint',
    help: 'Where leads are sent.',
    fault: 'Select a type and enter an address.',
    fields: endpointFields,
  },
  testEndpoint: {
    label: 'Test endpoint',
    help: 'Where test leads are sent. Leave unset to use the endpoint; test leads are marked as tests.',
    fields: endpointFields,
  },
  sendIpAndUserAgent: {
    label: 'Send IP address and browser',
    help: 'Adds the visitor’s IP address and browser to the consent in each lead. A change applies to new leads.',
  },
  priority: { label: 'Priority', help: 'Campaigns with the lowest number come first.' },
  weight: { label: 'Weight', help: 'The share of leads among campaigns of equal priority.' },
  certificate: {
    label: 'Certificate',
    help: 'Which TrustedForm certificate a lead needs. Verified: we asked TrustedForm, and it is that of the lead.',
    choices: { any: 'None needed', present: 'There is one', verified: 'Verified' },
  },
  sharing: {
    label: 'Sharing',
    help: 'Whether other schools may get the same lead.',
    choices: { exclusive: 'Exclusive', shared: 'Shared', hybrid: 'Shared, or exclusive at a higher price' },
  },
  exclusiveMultiplier: {
    label: 'Exclusive price multiplier',
    help: 'The price per lead times this number, if the lead is exclusive.',
  },
  shareWith: { label: 'Maximum other schools', help: 'How many other schools may get the same lead. Blank: no limit.' },
  fallback: { label: 'Fallback campaign', help: 'Gets only leads that no other campaign takes.' },
}
