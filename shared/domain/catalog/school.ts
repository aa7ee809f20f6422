import * as z from 'zod'
import { caps } from '../routing/cap.ts'
import { duplicates } from '../routing/duplicates.ts'
import { cents, singleLine, timeZone } from '../vocabulary.ts'

export const status = z.enum(['active', 'paused'])

export const school = z
  .strictObject({
    name: singleLine(160),
    legalName: singleLine(200).optional().meta({ description: 'The name that consent texts use. Defaults to `name`.' }),
    timeZone,
    status: status.default('active'),
    titleIv: z.boolean().default(true).meta({
      description:
        'Takes part in federal student aid, so it may not pay for success in enrollment (34 CFR 668.14(b)(22)).',
    }),
    caps: caps.meta({ description: 'Over all its campaigns together.' }),
    creditCents: cents
      .optional()
      .meta({ description: 'What it may buy in all, over all its campaigns. Absent: no limit.' }),
    deliveries: z
      .strictObject({
        atOnce: z.int().min(1).max(50).default(10).meta({ description: 'Attempts that may be under way together.' }),
        perMinute: z.int().min(1).max(6000).optional().meta({ description: 'Attempts in a minute. Absent: no limit.' }),
      })
      .default({ atOnce: 10 })
      .meta({ description: 'How fast its endpoints are called, over all its campaigns.' }),
    privacyNoticeEmail: z
      .email()
      .max(254)
      .optional()
      .meta({
        description:
          'The mailbox that is told to forget a person where no webhook can be: it takes leads in a shape of its own, it ' +
          'fails, or its campaign has been removed.',
      }),
    duplicates: duplicates.default({ keys: 'any', windowDays: 30 }),
  })
  .meta({ id: 'School' })

export type School = z.output<typeof school>
