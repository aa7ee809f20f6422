import * as z from 'zod'
import { cleanLine, cleanToken, hasVisibleLetter } from './clean-text.ts'
import { cleanAddress, normalizeMailbox } from './email.ts'
import { toDigitText } from './labels.ts'

/*
 * The fields by which a person is named, reached or found, for every operation that has one. They arrive cleaned; whether a
 * phone number exists is judged later (`phone.ts`), because the metadata for that is large.
 */

export const phoneSentence = 'must be a valid phone number, such as (512) 789-1111'

/** A first or last name. */
export const personName = z
  .string()
  .overwrite(cleanLine)
  .min(1)
  .max(80)
  .refine(hasVisibleLetter, {
    error: 'must contain a letter',
    when: ({ value }) => typeof value === 'string' && value !== '',
  })

export const emailInput = z.string().overwrite(cleanAddress).min(3).max(254)
export const phoneInput = z.preprocess(
  toDigitText,
  z.string().overwrite(cleanToken).min(7, phoneSentence).max(40, phoneSentence),
)

/** By email, by phone, or by both. */
export const identifierFields = { email: orEmpty(emailInput), phone: orEmpty(phoneInput) }

/** A form sends an empty field for what it does not know, and a program null. */
function orEmpty<Schema extends z.ZodType>(schema: Schema) {
  const dropEmpty = (value: z.input<Schema> | undefined) => (value === '' || value === null ? undefined : value)
  return z.preprocess(dropEmpty, schema.optional()).optional()
}

/** A mailbox of a school, to which email is sent. */
export const mailbox = z
  .string()
  .overwrite((value) => normalizeMailbox(value) ?? value)
  .max(254)
  .refine((value) => normalizeMailbox(value) !== undefined, {
    error: 'must be an email address, such as name@example.com',
  })
  .meta({ format: 'email' })
