import * as z from 'zod'

const path = z
  .string()
  .regex(/^(\/[^/]*){0,8}$/, 'must be a JSON Pointer such as /lead/id, or empty for the whole answer')
  .max(200)
const scope = z.string().min(1).max(200)
const comparedValue = z.union([z.string().max(200), z.number(), z.boolean()])
const status = z.int().min(200).max(599)

const condition = z
  .strictObject({
    status: z
      .union([status, z.strictObject({ from: status, to: status })])
      .optional()
      .meta({ description: 'Absent: any 2xx. A 3xx is never read.' }),
    path: path.optional().meta({ description: 'A place in JSON, in XML, or in a form.' }),
    after: scope.optional().meta({ description: 'The place is the text that follows this, wherever it first stands.' }),
    before: scope.optional().meta({ description: 'With `after`: the place ends where this next stands.' }),
    equals: comparedValue.optional(),
    contains: z.string().min(1).max(200).optional(),
    oneOf: z.array(comparedValue).min(1).max(50).optional(),
  })
  .superRefine(({ status, path, after, before, equals, contains, oneOf }, context) => {
    const comparisonCount = [equals, contains, oneOf].filter((value) => value !== undefined).length
    const fault = (message: string) => context.addIssue({ code: 'custom', message })
    if (path !== undefined && after !== undefined) fault('must name one place: `path` or `after`')
    else if (before !== undefined && after === undefined) fault('must say `after` what the place begins')
    else if (comparisonCount > 1) fault('must compare once: `equals`, `contains` or `oneOf`')
    else if (comparisonCount === 1 && path === undefined && after === undefined)
      fault('must say where to look: `path` or `after`, so that no other part of the answer counts')
    else if (comparisonCount === 0 && (path !== undefined || after !== undefined))
      fault('must say what the place holds: `equals`, `contains` or `oneOf`')
    else if (comparisonCount === 0 && status === undefined) fault('must name a status, or a place and what it holds')
  })
  .meta({ id: 'ResponseCondition', example: { path: '/outcome', equals: 'failure' } })
export type ResponseCondition = z.output<typeof condition>

const responsePlace = z
  .union([path, z.strictObject({ after: scope, before: scope.optional() })])
  .meta({ id: 'ResponsePlace', example: '/lead/id' })
export type ResponsePlace = z.output<typeof responsePlace>
const conditions = z.array(condition).min(1).max(20)

/** What a school's answer came to. What is unclear counts as a failure, and is tried again. */
export const meaning = z.enum(['accepted', 'rejected', 'duplicate', 'unclear']).meta({ id: 'ResponseMeaning' })
export type Meaning = z.output<typeof meaning>

/** How a school's answer is to be read, where not every 2xx means yes and nothing else does. */
export const responseRules = z
  .strictObject({
    accepted: conditions
      .optional()
      .meta({ description: 'Absent: every 2xx that is neither a duplicate nor rejected is accepted.' }),
    rejected: conditions
      .optional()
      .meta({ description: 'The school will not have the lead where any of these holds.' }),
    duplicate: conditions.optional().meta({ description: 'The school has the person already.' }),
    reason: responsePlace.optional().meta({ description: 'Where the answer says why.' }),
    reference: responsePlace.optional().meta({ description: "Where it gives the school's own id of the lead." }),
    price: responsePlace.optional().meta({ description: 'Where it gives a price in dollars, such as 6.66.' }),
    otherwise: meaning
      .exclude(['duplicate'])
      .optional()
      .meta({ description: 'What a 2xx is that fits no rule. Absent: `unclear` beside `accepted`, else `accepted`.' }),
  })
  .refine(({ accepted, rejected, duplicate }) => accepted ?? rejected ?? duplicate, {
    error: 'must hold `accepted`, `rejected` or `duplicate`',
  })
  .meta({
    id: 'ResponseRules',
    description:
      'Duplicate comes before rejected, and rejected before accepted. Values are compared as text, without regard to case and outer white space: `true` equals "True". In XML the name of the outermost element may be left out, namespaces are ignored, `@id` is an attribute, and of elements that repeat the first is meant where there is no index.',
    example: { rejected: [{ path: '/outcome', equals: 'failure' }], reason: '/reason' },
  })
export type ResponseRules = z.output<typeof responseRules>
