import * as z from 'zod'
import { visitor } from '../../domain/capture/lead-profile.ts'
import { recordId, singleLine, slug, state, url, verbatimText, zip } from '../../domain/vocabulary.ts'

/** How a caller says which source it is. A page sends its publishable key; a server sends `Authorization` instead. */
export const sourceHeaders = z.object({
  'x-source-key': z.string().optional().meta({ description: 'The publishable key of the source.' }),
  origin: z.string().max(300).optional(),
})

/** One that does not fit is as none: a trace is no reason to refuse anybody. */
export const traceHeaders = {
  traceparent: z
    .string()
    .optional()
    .meta({
      description:
        'W3C Trace Context: the trace that the enquiry belongs to. Webhooks carry its trace id on. One that does not fit is ' +
        'ignored, and a new one made.',
    }),
}

export const contact = z
  .strictObject({
    firstName: singleLine(80),
    lastName: singleLine(80),
    email: z.string().trim().min(3).max(254),
    phone: z.string().trim().min(7).max(40),
    zip,
    state: state.optional().meta({ description: 'Checked against the ZIP code where it is sent.' }),
  })
  .meta({ id: 'Contact' })

/** What a lead holds, whoever showed the consent text. */
export const personFields = { contact, ...visitor }
export const contextFields = {
  page: z.strictObject({ url, referrer: url.optional() }),
  trustedFormCertUrl: url
    .optional()
    .meta({ description: 'Certificate of how the form was filled in, where there is one.' }),
  test: z.boolean().default(false).meta({ description: 'Takes the same road, marked; never billed or counted.' }),
}
/** What tells a visitor from a program. None of it changes the answer. */
export const spamFields = {
  formToken: z.string().optional().meta({ description: 'As /v1/matches gave it. It serves one lead.' }),
  website: z
    .string()
    .optional()
    .meta({
      description:
        'A trap: a page has a text field of this name that no visitor sees or reaches by keyboard, with autocomplete off, ' +
        'and sends what stands in it. Whoever fills it in is a program.',
    }),
  turnstileToken: z
    .string()
    .max(8000)
    .optional()
    .meta({ description: 'Where the source asks for Cloudflare Turnstile.' }),
}

export const grantedField = z.literal(true, 'must be true: without consent there is nothing to hand over')

/** What a publisher's server sends that showed a consent text of its own. It is matched and decided in one go. */
export const serverLeadRequest = z
  .strictObject({
    careerSlug: slug,
    programId: recordId.optional(),
    ...personFields,
    consent: z.strictObject({
      granted: grantedField,
      text: verbatimText(12_000).meta({
        description: 'The very text that was shown. It is kept as it is, with its SHA-256.',
      }),
      schoolsNamed: z
        .array(recordId)
        .min(1)
        .max(20)
        .meta({ description: 'Ids of the schools that the text names. Nobody else may have the lead.' }),
      ip: z.union([z.ipv4(), z.ipv6()]).optional().meta({ description: 'The address that the visitor came from.' }),
      userAgent: singleLine(1000).optional().meta({ description: "The visitor's browser." }),
    }),
    ...contextFields,
  })
  .meta({ id: 'ServerLeadRequest' })
