import * as z from 'zod'
import { educationLevel, matches, recordId, singleLine, slug, uniqueBy, verbatimText } from '../../vocabulary.ts'

export const inboundVendors = ['google', 'meta'] as const
export const inboundVendor = z.enum(inboundVendors).meta({ id: 'InboundVendor' })

/** What an answer of a lead form can fill. `ignore`: nothing, although it has a name that is known. */
export const inboundTargets = [
  ...['firstName', 'lastName', 'fullName', 'email', 'phone', 'zip', 'state'],
  ...['highestLevel', 'startWindow', 'modality', 'age', 'military', 'gpa', 'ignore'],
] as const
const targetPattern = new RegExp(`^(?:${inboundTargets.join('|')}|(?:answers|subIds)\\.[A-Za-z0-9_.-]{1,60})$`)

const inboundField = z.strictObject({
  column: singleLine(300).meta({ description: 'The ID or the name of the question in the form, in any case.' }),
  fills: z
    .string()
    .check(matches(targetPattern, `must be ${inboundTargets.join(', ')}, answers.ID or subIds.NAME`))
    .meta({ description: 'What the answer fills, such as `highestLevel` or `answers.licensed`.' }),
  values: z
    .array(z.strictObject({ answer: singleLine(300), value: singleLine(300) }))
    .max(50)
    .optional()
    .meta({ description: 'What an answer of the form is called here. Other answers stay as they are.' }),
})

const inboundForm = z.strictObject({
  formId: z
    .string()
    .regex(/^\d{1,25}$/, 'must be the number of the form')
    .meta({ description: 'The ID of the form at the vendor.' }),
  careerSlug: slug,
  programId: recordId.optional(),
  consentText: verbatimText(12_000).meta({
    description:
      'The consent text that the form shows, unchanged. It must name each school by its legal name; a school that it does not name gets no lead.',
  }),
  schoolsNamed: z.array(recordId).min(1).max(20).meta({ description: 'IDs of the schools that the text names.' }),
  disclaimerKey: singleLine(300).optional().meta({
    description: 'Meta: the key of the box that a visitor must check to consent. Without it, a lead is not taken.',
  }),
  highestLevel: educationLevel.optional().meta({
    description: 'The education of a visitor if the form does not ask for it, because its text demands it.',
  }),
  fields: z.array(inboundField).max(50).optional().meta({
    description: 'Questions of the form that have other names than those that are known, or whose answers do.',
  }),
})
export type InboundForm = z.output<typeof inboundForm>

/** The lead forms of an advertising platform whose leads are leads of this source. */
export const inboundTerms = z
  .strictObject({
    vendor: inboundVendor,
    forms: z
      .array(inboundForm)
      .min(1)
      .max(20)
      .refine(...uniqueBy(({ formId }: { formId: string }) => formId)),
  })
  .meta({ id: 'InboundForms' })

/** A key that a vendor sends or signs with. The one before a new key is valid for a while. */
export const inboundKeys = z.array(z.object({ sealed: z.string(), endsAt: z.string().optional() }))
export type InboundKeys = z.output<typeof inboundKeys>
export const inboundKeyOverlapHours = 24

/** The contexts that sealed secrets are bound to, so that none can be opened for another source or purpose. */
export function inboundKeyContext(sourceId: string): string {
  return `inbound ${sourceId}`
}
export function inboundVerifyContext(sourceId: string): string {
  return `inbound verify ${sourceId}`
}
export function inboundTokenContext(sourceId: string): string {
  return `inbound token ${sourceId}`
}
