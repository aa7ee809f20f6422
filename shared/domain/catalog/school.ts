import * as z from 'zod'
import { mailbox } from '../fields/person-fields.ts'
import { caps } from '../routing/cap.ts'
import { duplicates } from '../routing/duplicates.ts'
import { capCounter } from '../routing/edits/cap-counters.ts'
import { calendar } from '../routing/windows.ts'
import { cents, singleLine, timeZone } from '../vocabulary.ts'
import { schoolDetails } from './school-details.ts'

export const status = z.enum(['active', 'paused'])

/** What staff write. */
export const schoolInput = z
  .strictObject({
    name: singleLine(160),
    legalName: singleLine(200).optional().meta({ description: 'The name in consent texts. Defaults to `name`.' }),
    consentNames: z.array(singleLine(200)).max(10).optional().meta({
      description:
        'Other names by which a publisher’s own consent text may name the school, such as registered brands.',
    }),
    ...schoolDetails.shape,
    timeZone,
    status: status.default('active'),
    titleIv: z.boolean().default(true).meta({
      description: 'Takes part in federal student aid, so it may not pay for enrollments (34 CFR 668.14(b)(22)).',
    }),
    caps: caps.meta({ description: 'Limits across all campaigns of the school together.' }),
    creditCents: cents
      .optional()
      .meta({ description: 'The most that all campaigns of the school may spend. Defaults to no limit.' }),
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
    privacyNoticeEmail: mailbox.optional().meta({
      description:
        'Privacy notice email: gets erasure requests if no webhook can, because it uses its own request shape, fails, or ' +
        'belongs to a deleted campaign.',
    }),
    duplicates: duplicates.default({ keys: 'any', windowDays: 30 }),
  })
  .meta({ id: 'School' })

/** A school as it is stored. `counters` and `calendar` follow from earlier writes and are not shown. */
export const school = schoolInput.extend({
  counters: z.array(capCounter).optional(),
  calendar: calendar.optional(),
})

export type School = z.output<typeof school>

/** The name of the legal entity that consent texts name. */
export function getLegalName({ name, legalName = name }: Pick<School, 'name' | 'legalName'>): string {
  return legalName
}
