import * as z from 'zod'
import { addSeconds } from '../time.ts'
import { uniqueBy, url } from '../vocabulary.ts'

/** What a source can be told of its leads. `rejected`: no school gets the lead and it is not offered again. */
export const postbackEvents = ['accepted', 'rejected', 'returned', 'outcome'] as const
export const postbackEvent = z.enum(postbackEvents).meta({ id: 'PostbackEvent' })
export type PostbackEvent = z.output<typeof postbackEvent>

const events = z
  .array(postbackEvent)
  .min(1)
  .refine(...uniqueBy<string>((event) => event))
  .default([...postbackEvents])

/** The macros of a GET postback. A sub ID is `{subId.name}`. */
export const postbackMacros = [
  ...['event', 'leadId', 'outcome', 'reason', 'deliveryId', 'schoolId', 'disposition', 'returnReason'],
  ...['payoutCents', 'payout', 'test', 'at'],
] as const
const macroPattern = /\{([^{}]*)\}/g
const isMacro = (name: string) => name.startsWith('subId.') || postbackMacros.some((macro) => macro === name)

const macroUrl = z
  .string()
  .max(2048)
  .refine((template) => url.safeParse(template.replace(macroPattern, 'x')).success, 'must be a URL')
  .refine((template) => !/^[^/]*\/\/[^/?#]*\{/.test(template), 'must have no macro before the path')
  .refine((template) => [...template.matchAll(macroPattern)].every(([, name = '']) => isMacro(name)), {
    error: `has an unknown macro. Use ${postbackMacros.map((name) => `{${name}}`).join(', ')} or {subId.name}`,
  })

/** Where a source is told what became of its leads. Never with personal data. */
export const postbackTerms = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('webhook'), url, events }),
    z.strictObject({
      kind: z.literal('get'),
      url: macroUrl.meta({ example: 'https://publisher.example/postback?click={subId.click}&pay={payout}' }),
      events,
    }),
  ])
  .meta({
    id: 'Postback',
    description:
      '`webhook`: a JSON event, signed as Standard Webhooks with `postbackSecret`. `get`: an address in which macros are replaced, such ' +
      'as `{event}` or `{subId.click}`.',
  })
export type PostbackTerms = z.output<typeof postbackTerms>

/** What a postback says. No contact details, no notes, and no labels but the source's own. */
export const postbackBody = z
  .object({
    type: z.enum(['lead.accepted', 'lead.rejected', 'lead.returned', 'lead.outcome']),
    timestamp: z.string(),
    data: z.object({
      leadId: z.string(),
      test: z.boolean(),
      outcome: z.string(),
      subIds: z.record(z.string(), z.string()).optional(),
      reason: z.string().optional(),
      deliveryId: z.string().optional(),
      schoolId: z.string().optional(),
      disposition: z.string().optional(),
      returnReason: z.string().optional(),
      payoutCents: z.int().optional(),
    }),
  })
  .meta({ id: 'PostbackBody' })
export type PostbackBody = z.output<typeof postbackBody>

/** Returns the address of a GET postback. A macro without a value is replaced by nothing. */
export function fillMacros(template: string, { type, timestamp, data }: PostbackBody): string {
  const { subIds = {}, payoutCents, ...fields } = data
  const values: { [name: string]: unknown } = {
    ...fields,
    event: type.slice('lead.'.length),
    at: timestamp,
    ...(payoutCents !== undefined && { payoutCents, payout: (payoutCents / 100).toFixed(2) }),
    ...Object.fromEntries(Object.entries(subIds).map(([name, value]) => [`subId.${name}`, value])),
  }
  return template.replace(macroPattern, (_, name: string) =>
    encodeURIComponent(Object.hasOwn(values, name) ? String(values[name]) : ''),
  )
}

/** Seconds from each failed attempt to the next. After the last it is dropped. */
const retryDelays = [60, 5 * 60, 30 * 60, 2 * 3600, 6 * 3600, 24 * 3600] as const

/** Returns when to try again after so many failures; undefined after the last. */
export function computeNextPostback(failures: number, at: string): string | undefined {
  const delay = retryDelays[failures - 1]
  return delay === undefined ? undefined : addSeconds(at, delay)
}

/** The context that a sealed secret is bound to, so that it cannot be opened for another source or purpose. */
export function postbackSecretContext(sourceId: string): string {
  return `postback ${sourceId}`
}
