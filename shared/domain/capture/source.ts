import * as z from 'zod'
import { duplicates } from '../routing/duplicates.ts'
import { rule } from '../routing/rules.ts'
import { singleLine } from '../vocabulary.ts'

const origin = z
  .string()
  .regex(/^https?:\/\/[a-z0-9.-]+(:\d{1,5})?$/, 'must be an origin, such as https://careers.example, without a path')

/** A publisher or landing page. What it does not say is as open as a new landing page wants it. */
export const source = z
  .strictObject({
    name: singleLine(160),
    mode: z.enum(['live', 'test']),
    origins: z.array(origin).max(50).default([]).meta({ description: 'Pages that may use its key. None: any page.' }),
    duplicates: duplicates
      .default({ keys: 'none', windowDays: 30 })
      .meta({ description: 'Over all schools together.' }),
    maxSales: z.int().min(1).max(10).default(5).meta({ description: 'How many schools may receive one lead.' }),
    method: z.enum(['priority', 'weight', 'round-robin', 'price']).default('priority'),
    rules: rule
      .optional()
      .meta({ description: 'What it may send. A lead for which it does not hold is kept, and goes to nobody.' }),
    abuse: z.enum(['off', 'observe', 'enforce']).default('enforce').meta({
      description: '`enforce`: what looks like a program is kept back for staff. `observe`: it is only noted.',
    }),
    rateLimitPerMinute: z
      .int()
      .min(1)
      .max(100_000)
      .optional()
      .meta({ description: 'Requests in any minute, over all its keys. Absent: no limit of its own.' }),
    requireCertificate: z
      .boolean()
      .default(false)
      .meta({ description: 'A lead without the address of a TrustedForm certificate is refused.' }),
    formToken: z
      .enum(['required', 'optional'])
      .default('optional')
      .meta({ description: 'Whether a lead from a page is suspicious where it brings no form token.' }),
    turnstile: z
      .boolean()
      .default(false)
      .meta({ description: 'A lead from a page is suspicious where its `turnstileToken` is missing or not good.' }),
  })
  .meta({ id: 'Source' })

/** As staff write it. */
export const sourceInput = source
  .extend({
    turnstileSecret: z.string().min(1).max(200).nullable().optional().meta({
      description:
        "The secret of the source's own Turnstile widget, never read back. Absent: as before. `null`: that of the house.",
    }),
  })
  .meta({ id: 'SourceInput' })

/** A source as it is kept: its key stands beside, and what was sealed. */
export const storedSource = z.object({
  ...source.shape,
  sealed: z.object({ turnstile: z.string().optional() }).optional(),
})
export type Source = z.output<typeof source>
export type StoredSource = z.output<typeof storedSource>

/** What the secret is bound to, so that it opens for no other source and as nothing else. */
export function turnstileSecretContext(sourceId: string): string {
  return `turnstile ${sourceId}`
}
