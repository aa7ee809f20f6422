import * as z from 'zod'

const path = z
  .string()
  .regex(/^(\/[^/]*){0,8}$/, 'must be a JSON Pointer such as /lead/id, or empty for the whole response')
  .max(200)
const scope = z.string().min(1).max(200)
const comparedValue = z.union([z.string().max(200), z.number(), z.boolean()])
const status = z.int().min(200).max(599)

const condition = z
  .strictObject({
    status: z
      .union([status, z.strictObject({ from: status, to: status })])
      .optional()
      .meta({ description: 'Absent: any 2xx. A 3xx never matches.' }),
    path: path.optional().meta({ description: 'A JSON Pointer into JSON, XML or a form.' }),
    after: scope.optional().meta({ description: 'The place is the text after the first occurrence of this.' }),
    before: scope.optional().meta({ description: 'With `after`: the place ends before the next occurrence of this.' }),
    equals: comparedValue.optional(),
    contains: z.string().min(1).max(200).optional(),
    oneOf: z.array(comparedValue).min(1).max(50).optional(),
  })
  .superRefine(({ status, path, after, before, equals, contains, oneOf }, context) => {
    const comparisonCount = [equals, contains, oneOf].filter((value) => value !== undefined).length
    const fault = (message: string) => context.addIssue({ code: 'custom', message })
    if (path !== undefined && after !== undefined) fault('must have `path` or `after`, not both')
    else if (before !== undefined && after === undefined) fault('must have `after` if it has `before`')
    else if (comparisonCount > 1) fault('must have only one of `equals`, `contains` and `oneOf`')
    else if (comparisonCount === 1 && path === undefined && after === undefined)
      fault('must have `path` or `after`, so that no other part of the response is compared')
    else if (comparisonCount === 0 && (path !== undefined || after !== undefined))
      fault('must have one of `equals`, `contains` and `oneOf`')
    else if (comparisonCount === 0 && status === undefined) fault('must have a status, or a place and a comparison')
  })
  .meta({ id: 'ResponseCondition', example: { path: '/outcome', equals: 'failure' } })
export type ResponseCondition = z.output<typeof condition>

const responsePlace = z
  .union([path, z.strictObject({ after: scope, before: scope.optional() })])
  .meta({ id: 'ResponsePlace', example: '/lead/id' })
export type ResponsePlace = z.output<typeof responsePlace>
const conditions = z.array(condition).min(1).max(20)

/** The meaning of a school's response. `unclear` counts as a failure and is retried. */
export const meaning = z.enum(['accepted', 'rejected', 'duplicate', 'unclear']).meta({ id: 'ResponseMeaning' })
export type Meaning = z.output<typeof meaning>

/** The response rules of a school for which a 2xx does not simply mean accepted. */
export const responseRules = z
  .strictObject({
    accepted: conditions
      .optional()
      .meta({ description: 'Absent: every 2xx that is neither a duplicate nor rejected is accepted.' }),
    rejected: conditions.optional().meta({ description: 'The school rejected the lead if any of these matches.' }),
    duplicate: conditions.optional().meta({ description: 'The school already has this person.' }),
    reason: responsePlace.optional().meta({ description: 'The place of the reason.' }),
    reference: responsePlace.optional().meta({ description: "The place of the school's own ID of the lead." }),
    price: responsePlace.optional().meta({ description: 'The place of a price in dollars, such as 6.66.' }),
    otherwise: meaning.exclude(['duplicate']).optional().meta({
      description:
        'The meaning of a 2xx that matches no rule. Absent: `unclear` if there are `accepted` rules, otherwise `accepted`.',
    }),
  })
  .refine(({ accepted, rejected, duplicate }) => accepted ?? rejected ?? duplicate, {
    error: 'must have `accepted`, `rejected` or `duplicate`',
  })
  .meta({
    id: 'ResponseRules',
    description:
      '`duplicate` is checked first, then `rejected`, then `accepted`. Values are compared as trimmed text without regard to case: `true` equals "True". In XML the name of the outermost element may be left out, namespaces are ignored, `@id` is an attribute, and without an index the first of repeated elements is used. A response that cannot be read (cut off, too long, unknown compression or charset, no JSON, XML or form) is `unclear` as soon as a rule looks into it.',
    example: { rejected: [{ path: '/outcome', equals: 'failure' }], reason: '/reason' },
  })
export type ResponseRules = z.output<typeof responseRules>
