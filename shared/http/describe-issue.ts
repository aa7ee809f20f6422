import type * as z from 'zod'

export const requiredSentence = 'is required'

/**
 * What is wrong with a field and how to fix it, as the predicate of a sentence that begins with the field. It replaces
 * the validator's own messages; a message that a schema gives itself comes first. It never repeats the input.
 */
export const describeIssue: z.core.$ZodErrorMap = (issue) => {
  if (issue.input === undefined && (issue.code === 'invalid_type' || issue.code === 'invalid_value'))
    return requiredSentence
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${typeNames[issue.expected] ?? 'of another type'}`
    case 'invalid_value':
      return issue.values.length === 1 ? `must be ${formatChoices(issue.values)}` : describeChoices(issue.values)
    case 'too_small':
      return describeLimit(issue.origin, Number(issue.minimum), issue.inclusive === false ? 'more than' : 'at least')
    case 'too_big':
      return describeLimit(issue.origin, Number(issue.maximum), issue.inclusive === false ? 'less than' : 'at most')
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`
    case 'invalid_format':
      return formatSentences[issue.format] ?? 'must have the format that the API reference shows'
    case 'invalid_union':
      return describeVariants(issue)
    default:
      return unknownForm
  }
}

const unknownForm = 'must have a form that the API reference shows'

/** Of a union whose variants are told apart by one field, such as `kind`, the sentence is about that field. */
function describeVariants(issue: z.core.$ZodRawIssue<z.core.$ZodIssueInvalidUnion>): string {
  const { discriminator, options, input } = issue
  if (discriminator === undefined || !Array.isArray(options)) return unknownForm
  const isSent = typeof input === 'object' && input !== null && Object.hasOwn(input, discriminator)
  return isSent ? describeChoices(options) : requiredSentence
}

function describeChoices(values: readonly z.core.util.Primitive[]): string {
  return `has a value that is not allowed: use ${formatChoices(values)}`
}

const typeNames: { [expected: string]: string } = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
}

const formatSentences: { [format: string]: string } = {
  email: 'must be an email address, such as name@example.com',
  url: 'must be a URL, such as https://example.com/page',
  datetime: 'must be a date and time, such as 2026-11-23T15:00:00Z',
  date: 'must be a date, such as 2026-11-23',
  time: 'must be a time, such as 09:30',
}

function describeLimit(origin: string, limit: number, comparison: string): string {
  const unit = units[origin]
  if (unit === undefined) return `must be ${comparison} ${limit}`
  if (comparison === 'at least' && limit === 1) return 'must not be empty'
  return `must have ${comparison} ${limit} ${unit}${limit === 1 ? '' : 's'}`
}

const units: { [origin: string]: string } = { string: 'character', array: 'item', set: 'item', object: 'field' }

function formatChoices(values: readonly z.core.util.Primitive[]): string {
  const texts = values.map(String)
  return texts.length === 1 ? texts.join('') : `${texts.slice(0, -1).join(', ')} or ${texts.at(-1)}`
}
