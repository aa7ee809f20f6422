import * as z from 'zod'

const pointer = z
  .string()
  .regex(/^(\/[^/]*){1,8}$/, 'must be a JSON Pointer such as /lead/id')
  .max(200)

/** How a school's 2xx answer is to be read where not every one of them means yes. */
export const responseRules = z
  .strictObject({
    rejected: z
      .array(z.strictObject({ path: pointer, equals: z.union([z.string().max(200), z.number(), z.boolean()]) }))
      .min(1)
      .max(10)
      .meta({ description: 'The school will not have the lead where any of these holds of its JSON answer.' }),
    reason: pointer.optional().meta({ description: 'Where its answer says why.' }),
  })
  .meta({ id: 'ResponseRules', example: { rejected: [{ path: '/outcome', equals: 'failure' }], reason: '/reason' } })
export type ResponseRules = z.output<typeof responseRules>

const longestReason = 300

/** Whether an answer rejects the lead. An answer that is not JSON says nothing, so it does not. */
export function rejectionIn(body: string, { rejected, reason }: ResponseRules): { reason?: string } | undefined {
  const answer = parse(body)
  if (!rejected.some(({ path, equals }) => at(answer, path) === equals)) return undefined
  const told = reason === undefined ? undefined : at(answer, reason)
  return typeof told === 'string' ? { reason: told.slice(0, longestReason) } : {}
}

/** RFC 6901. */
function at(value: unknown, path: string): unknown {
  let here = value
  for (const step of path.slice(1).split('/')) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, name)) return undefined
    here = Object.entries(here).find(([key]) => key === name)?.[1]
  }
  return here
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
