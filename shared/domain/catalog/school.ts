import * as z from 'zod'
import { dispositionCodes } from '../aftercare/disposition.ts'
import { mailbox } from '../fields/person-fields.ts'
import { webhookSecret } from '../fields/webhook-secret.ts'
import { caps } from '../routing/cap.ts'
import { duplicates } from '../routing/duplicates.ts'
import { capCounter } from '../routing/edits/cap-counters.ts'
import { calendar } from '../routing/windows.ts'
import { cents, singleLine, timeZone, url } from '../vocabulary.ts'
import { schoolContent, schoolDetails } from './school-details.ts'

export const status = z.enum(['active', 'paused'])

/** What staff write and read. */
export const publicSchool = z.strictObject({
  name: singleLine(160),
  legalName: singleLine(200).optional().meta({ description: 'The name in consent texts. Defaults to `name`.' }),
  consentNames: z.array(singleLine(200)).max(10).optional().meta({
    description: 'Other names by which a publisher’s own consent text may name the school, such as registered brands.',
  }),
  ...schoolDetails.shape,
  ...schoolContent.shape,
  timeZone,
  status: status.default('active'),
  titleIv: z.boolean().default(true).meta({
    description: 'Takes part in federal student aid, so it may not pay for enrollments (34 CFR 668.14(b)(22)).',
  }),
  caps: caps.meta({ description: 'Limits across all campaigns of the school together.' }),
  creditCents: cents.optional().meta({
    description:
      'The most that the school may owe, with the leads on their way to it. Defaults to no limit, or to 0 if it is prepaid.',
  }),
  billing: z.enum(['invoice', 'prepaid']).default('invoice').meta({
    description: '`prepaid`: it gets no lead that its balance does not cover, down to `creditCents` below zero.',
  }),
  lowBalanceCents: cents.optional().meta({
    description: 'Staff are told when no more than this is left. Defaults to a fifth of `creditCents`.',
  }),
  noLeadsDays: z.int().min(0).max(90).optional().meta({
    description:
      'The school and staff are told when an active school that had leads before gets none for so many days. 0: never. Defaults to 7.',
  }),
  notificationWebhook: url.optional().meta({
    description:
      'Where the school’s system is told what its people are told (`GET /v1/school/notifications`), as webhooks signed with `notificationSecret`.',
  }),
  deliveries: z
    .strictObject({
      atOnce: z
        .int()
        .min(1)
        .max(50)
        .default(10)
        .meta({ description: 'How many delivery attempts may run at the same time.' }),
      perMinute: z
        .int()
        .min(1)
        .max(6000)
        .optional()
        .meta({ description: 'Delivery attempts per minute. Defaults to no limit.' }),
    })
    .default({ atOnce: 10 })
    .meta({ description: 'The rate limit of deliveries, over all campaigns of the school.' }),
  dispositionCodes: dispositionCodes.optional().meta({
    description: 'What the codes of the school’s own system mean, so that it can report with them.',
  }),
  privacyNoticeEmail: mailbox.optional().meta({
    description:
      'Privacy notice email: gets erasure requests if no webhook can, because it uses its own request shape, fails, or ' +
      'belongs to a deleted campaign.',
  }),
  duplicates: duplicates.default({ keys: 'any', windowDays: 30 }),
})

/** What staff write. */
export const schoolInput = publicSchool
  .extend({
    notificationSecret: webhookSecret.nullable().optional().meta({
      description:
        'Signs notification webhooks (Standard Webhooks). It is never returned. Absent: unchanged. `null`: removed.',
    }),
  })
  .meta({ id: 'School' })

/** The context that a sealed secret is bound to, so that it cannot be opened for another school or purpose. */
export function notificationSecretContext(schoolId: string): string {
  return `notification ${schoolId}`
}

/** A school as it is stored. `counters`, `calendar` and `creditCounted` follow from earlier writes and are not shown. */
export const school = publicSchool.extend({
  sealed: z.object({ notification: z.string() }).optional(),
  counters: z.array(capCounter).optional(),
  calendar: calendar.optional(),
  /** Its leads are counted against its credit from now on, also while it has no limit. */
  creditCounted: z.boolean().optional(),
})

/** A school as decisions know it, without what only pages show. */
export const routedSchool = z.object(
  school.omit({
    place: true,
    logoUrl: true,
    url: true,
    accreditation: true,
    ipedsId: true,
    facts: true,
    noLeadsDays: true,
    notificationWebhook: true,
    sealed: true,
  }).shape,
)

export type School = z.output<typeof school>

/** The name of the legal entity that consent texts name. */
export function getLegalName({ name, legalName = name }: Pick<School, 'name' | 'legalName'>): string {
  return legalName
}
