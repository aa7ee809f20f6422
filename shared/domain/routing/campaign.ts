import * as z from 'zod'
import { returnTerms } from '../aftercare/lead-return.ts'
import { certificateTerm } from '../capture/certificates/consent-certificate.ts'
import { status } from '../catalog/school.ts'
import { emailEndpoint } from '../delivery/email-endpoint.ts'
import { emailFileEndpoint, sftpEndpoint, sftpInput } from '../delivery/files/file-endpoint.ts'
import { preset } from '../delivery/presets.ts'
import { requestShape, secretName } from '../delivery/request-shape.ts'
import { responseRules } from '../delivery/response-rules.ts'
import { mailbox } from '../fields/person-fields.ts'
import { webhookSecret } from '../fields/webhook-secret.ts'
import { cents, instant, recordId, singleLine, timeZone, uniqueBy, url, weekday } from '../vocabulary.ts'
import { caps, schoolCaps } from './cap.ts'
import { capCounter } from './edits/cap-counters.ts'
import { rule } from './rules.ts'

const clockTime = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be a time such as 09:00 or 24:00')

export const hours = z
  .strictObject({
    timeZone: timeZone.optional().meta({ description: 'Defaults to the time zone of the school.' }),
    open: z
      .array(z.strictObject({ days: z.array(weekday).min(1).max(7), from: clockTime, to: clockTime }))
      .min(1)
      .max(50)
      .superRefine((windows, context) => {
        for (const [index, { from, to }] of windows.entries())
          if (to <= from)
            context.addIssue({ code: 'custom', path: [index, 'to'], message: 'must be later than `from`' })
      }),
    outside: z.enum(['deliver', 'park', 'skip']).default('park'),
  })
  .meta({ id: 'Hours' })

export const pause = z
  .strictObject({ by: z.enum(['staff', 'school']), at: instant, reason: singleLine(200).optional() })
  .meta({ id: 'Pause' })
export type Pause = z.output<typeof pause>

/** Text that an HTTP header can carry without encoding. */
const headerValue = z
  .string()
  .max(2000)
  .regex(/^[!-~]([ -~]*[!-~])?$/, 'must be printable ASCII')

const webhookFields = {
  kind: z.literal('webhook'),
  url,
  request: requestShape.optional().meta({
    description:
      'Defaults to `lead.created` as JSON. Use `test` in the shape or set a `testEndpoint`: nothing else marks a test lead.',
  }),
  responses: responseRules
    .optional()
    .meta({ description: 'Without this and `preset`, every 2xx response counts as accepted.' }),
  preset: preset.optional(),
  fallbackTo: mailbox.optional().meta({
    description:
      'Backup email: gets a lead that the webhook has not accepted for 15 minutes, with the same delivery ID.',
  }),
}
const secretFields = {
  secret: webhookSecret.optional(),
  headerSecrets: z
    .record(secretName, headerValue)
    .refine((secrets) => Object.keys(secrets).length <= 20, 'must have at most 20 secrets')
    .optional()
    .meta({
      description: 'By secret name, as the headers of `request` refer to them. A secret stays until it is replaced.',
    }),
}
const hasOneResponseReading = ({ preset, responses }: { preset?: unknown; responses?: unknown }) =>
  !preset || !responses
const oneReadingIssue = {
  path: ['responses'],
  error: 'cannot be combined with `preset`: use one of them',
}

const webhook = z.strictObject(webhookFields).refine(hasOneResponseReading, oneReadingIssue)
export const webhookInput = z
  .strictObject({ ...webhookFields, ...secretFields })
  .refine(hasOneResponseReading, oneReadingIssue)
  .meta({ id: 'WebhookInput' })

/** Where leads are sent, as a caller writes it. Secrets are stored sealed, in rows of their own, and never returned. */
export const endpointInput = z
  .discriminatedUnion('kind', [webhookInput, emailEndpoint, emailFileEndpoint, sftpInput])
  .meta({ id: 'EndpointInput' })
export const endpoint = z
  .discriminatedUnion('kind', [webhook, emailEndpoint, emailFileEndpoint, sftpEndpoint])
  .meta({ id: 'Endpoint' })
/** Where each lead is sent by itself. */
export const directEndpoint = z.discriminatedUnion('kind', [webhook, emailEndpoint]).meta({ id: 'DirectEndpoint' })
export type EndpointInput = z.input<typeof endpointInput>
export type WebhookInput = z.output<typeof webhookInput>
export type DeliveryEndpoint = z.output<typeof endpoint>
export type DirectEndpoint = z.output<typeof directEndpoint>

const campaignTerms = {
  schoolId: recordId,
  programIds: z
    .array(recordId)
    .min(1)
    .max(50)
    .refine(...uniqueBy<string>((id) => id)),
  name: singleLine(160).optional(),
  status: status.default('active').meta({ description: 'The pause of staff. The school cannot lift it.' }),
  schoolStatus: status.optional().meta({
    description:
      'The school’s own pause. A campaign takes leads only if neither is paused. Absent in a PUT: unchanged.',
  }),
  pausedBy: z.array(pause).max(2).optional().meta({
    readOnly: true,
    description: 'Who paused the campaign, and when. Ignored in a PUT.',
  }),
  rules: rule.optional(),
  certificate: certificateTerm.optional().meta({
    description:
      'Which certificate of the consent a lead needs. `present`: the address of one. `verified`: its vendor has confirmed to us that it is that of ' +
      'the lead. Others get `CERTIFICATE`. Absent: `any`.',
  }),
  caps: caps.meta({
    description: 'The contract caps. The school’s own caps count next to them, and the lower counts.',
  }),
  schoolCaps: schoolCaps
    .optional()
    .meta({ description: 'The caps that the school set for itself. Absent in a PUT: unchanged.' }),
  hours: hours.optional(),
  waitForCallingHours: z
    .boolean()
    .default(false)
    .meta({
      description:
        'Holds a lead until the visitor may be called: by the clock of the visitor, the hours, days and holidays of federal and ' +
        'state law. Each attempt waits for it.',
    }),
  priority: z.int().min(0).max(1_000_000).default(100).meta({ description: 'The lowest number comes first.' }),
  weight: z.int().min(1).max(1_000_000).default(1),
  sharing: z.enum(['exclusive', 'shared', 'hybrid']).default('shared').meta({
    description:
      '`hybrid` shares a lead, but takes it alone if its exclusive price is at least what sharing would bring.',
  }),
  exclusiveMultiplier: z
    .number()
    .min(1)
    .max(100)
    .default(1)
    .meta({ description: 'For `hybrid`: the price of an exclusive lead is `priceCents` times this.' }),
  shareWith: z
    .int()
    .min(1)
    .max(9)
    .optional()
    .meta({ description: 'How many other schools may get the same lead. Defaults to no limit.' }),
  fallback: z
    .boolean()
    .default(false)
    .meta({ description: 'Takes only leads that no other campaign takes, or replaces a full campaign that names it.' }),
  priceCents: cents.meta({ description: 'Per lead. There is no price per enrollment (34 CFR 668.14(b)(22)).' }),
  sendIpAndUserAgent: z
    .boolean()
    .default(false)
    .meta({
      description:
        'Adds the IP address and the user agent of the visitor to the consent in `lead.created`. Without it the school does ' +
        'not get them. A change applies to leads that are routed from then on.',
    }),
  returns: returnTerms
    .optional()
    .meta({ description: 'When the school may request credit. Defaults to 14 days, for any reason.' }),
}

const testEndpointMeta = {
  description: 'Where test leads are sent. Defaults to `endpoint`, with the leads marked as tests.',
}
export const campaignInput = z
  .strictObject({
    ...campaignTerms,
    endpoint: endpointInput,
    testEndpoint: directEndpoint.optional().meta(testEndpointMeta),
  })
  .meta({ id: 'CampaignInput' })
export const campaign = z
  .strictObject({
    ...campaignTerms,
    endpoint,
    testEndpoint: directEndpoint.optional().meta(testEndpointMeta),
    // Follows from earlier writes and is not shown.
    counters: z.array(capCounter).optional(),
  })
  .meta({ id: 'Campaign' })
export type Campaign = z.output<typeof campaign>
export type Hours = z.output<typeof hours>
