import * as z from 'zod'
import { postbackTerms } from '../aftercare/postback.ts'
import { status } from '../catalog/school.ts'
import { webhookSecret } from '../fields/webhook-secret.ts'
import { payoutTerms } from '../reporting/ledger/payout-terms.ts'
import { duplicates } from '../routing/duplicates.ts'
import { capCounter } from '../routing/edits/cap-counters.ts'
import { rule } from '../routing/rules.ts'
import { sourceCaps, sourceHours } from '../routing/source/source-terms.ts'
import { calendar } from '../routing/windows.ts'
import { singleLine, timeZone } from '../vocabulary.ts'
import { inboundKeyOverlapHours, inboundKeys, inboundTerms } from './inbound/inbound-terms.ts'

const origin = z
  .string()
  .regex(/^https?:\/\/[a-z0-9.-]+(:\d{1,5})?$/, 'must be an origin, such as https://careers.example, without a path')

/** A publisher or landing page. The defaults are those of a new landing page. */
export const source = z
  .strictObject({
    name: singleLine(160),
    mode: z.enum(['live', 'test']),
    status: status
      .default('active')
      .meta({ description: '`paused`: its matches and leads are refused. Leads that were accepted before go on.' }),
    timeZone: timeZone.default('UTC').meta({ description: 'The time zone of its statements, caps and hours.' }),
    origins: z
      .array(origin)
      .max(50)
      .default([])
      .meta({ description: 'Origins of the pages that may use its key. Empty: any page.' }),
    duplicates: duplicates
      .default({ keys: 'none', windowDays: 30 })
      .meta({ description: 'Counted across all schools.' }),
    maxSales: z.int().min(1).max(10).default(5).meta({ description: 'How many schools may receive one lead.' }),
    method: z.enum(['priority', 'weight', 'round-robin', 'price']).default('priority'),
    rules: rule
      .optional()
      .meta({ description: 'Which leads it may send. A lead that does not match is stored and sent to no school.' }),
    caps: sourceCaps.optional().meta({
      description:
        'How many of the leads that come in a period are sold. What comes beyond a cap is stored with `SOURCE_RULE` and sent to no school. ' +
        'A lead that is rejected or returned is given back.',
    }),
    hours: sourceHours.optional().meta({
      description:
        'When its leads may come. A lead that comes at another time is stored with `SOURCE_RULE` and sent to no school.',
    }),
    payout: payoutTerms.optional().meta({ description: 'What it is paid for its leads. Absent: nothing.' }),
    postback: postbackTerms
      .optional()
      .meta({ description: 'Where it is told what becomes of its leads. Absent: nowhere.' }),
    inbound: inboundTerms.optional().meta({
      description: 'Lead forms of an advertising platform whose leads are leads of this source. Absent: none.',
    }),
    abuse: z.enum(['off', 'observe', 'enforce']).default('enforce').meta({
      description:
        'Bot detection. `enforce`: likely bots are held for review by staff. `observe`: they are only recorded.',
    }),
    rateLimitPerMinute: z
      .int()
      .min(1)
      .max(100_000)
      .optional()
      .meta({ description: 'Requests per minute for all its keys together. Absent: no limit of its own.' }),
    minimumAge: z
      .int()
      .min(13)
      .max(25)
      .optional()
      .meta({
        description:
          'Asks each visitor for their age before contact details, and refuses those who are younger. States may demand more. ' +
          'Absent: the age is not asked; under 16 is refused if it is given.',
      }),
    confirmationEmail: z
      .boolean()
      .default(true)
      .meta({
        description:
          'Whether each visitor gets an email that names the schools that they agreed to, with the link that stops them. ' +
          'Needs the address at which people reach this service (`PUBLIC_URL`, `domainName`).',
      }),
    requireCertificate: z
      .boolean()
      .default(false)
      .meta({ description: 'Whether a lead needs the address of a TrustedForm certificate.' }),
    certificateScript: z.enum(['trustedform']).optional().meta({
      description:
        'Whose script the widget loads, to get a certificate of how the form is filled in. Absent: the page does, or nobody.',
    }),
    formToken: z
      .enum(['required', 'optional'])
      .default('optional')
      .meta({ description: 'Whether a lead from a page is suspicious if it has no form token.' }),
    turnstile: z.boolean().default(false).meta({
      description: 'Whether a lead from a page is suspicious if its `turnstileToken` is missing or not valid.',
    }),
    turnstileSiteKey: z
      .string()
      .regex(/^[A-Za-z0-9_-]{10,100}$/, 'must be the site key of a Turnstile widget, such as 0x4AAAAAAA...')
      .optional()
      .meta({
        description:
          'The public key with which our widget shows the check. Absent: only forms of your own can send tokens.',
      }),
  })
  .meta({ id: 'Source' })

/** The body that staff send to write a source. */
export const sourceInput = source
  .extend({
    turnstileSecret: z.string().min(1).max(200).nullable().optional().meta({
      format: 'password',
      description:
        "The secret of the source's own Turnstile widget. It is never returned. Absent: unchanged. `null`: use the default secret of this service.",
    }),
    postbackSecret: webhookSecret.nullable().optional().meta({
      format: 'password',
      description:
        'Signs webhook postbacks (Standard Webhooks). It is never returned. Absent: unchanged. `null`: removed.',
    }),
    inboundKey: z
      .string()
      .regex(/^[!-~]{16,50}$/, 'must be 16 to 50 visible ASCII characters without spaces')
      .nullable()
      .optional()
      .meta({
        format: 'password',
        description: `The key that the lead forms of Google send (\`google_key\`), or the app secret with which Meta signs. It is never returned. Absent: unchanged. A new one: the one before stays valid for ${inboundKeyOverlapHours} hours. \`null\`: all are removed at once.`,
      }),
    inboundVerifyToken: z.string().min(16).max(200).nullable().optional().meta({
      format: 'password',
      description: 'Meta: the verify token of the webhook. It is never returned. Absent: unchanged. `null`: removed.',
    }),
    inboundAccessToken: z.string().min(16).max(1000).nullable().optional().meta({
      format: 'password',
      description:
        'Meta: the access token of the page, with which leads are read. It is never returned. Absent: unchanged. `null`: removed.',
    }),
  })
  .meta({ id: 'SourceInput' })

/** A source as it is stored, with its sealed secrets. */
export const storedSource = z.object({
  ...source.shape,
  counters: z.array(capCounter).optional(),
  calendar: calendar.optional(),
  sealed: z
    .object({
      turnstile: z.string().optional(),
      postback: z.string().optional(),
      inboundKeys: inboundKeys.optional(),
      inboundVerify: z.string().optional(),
      inboundToken: z.string().optional(),
    })
    .optional(),
})
export type Source = z.output<typeof source>
export type StoredSource = z.output<typeof storedSource>

/** The context that a sealed secret is bound to, so that it cannot be opened for another source or purpose. */
export function turnstileSecretContext(sourceId: string): string {
  return `turnstile ${sourceId}`
}
