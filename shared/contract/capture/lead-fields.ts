import * as z from 'zod'
import { maxUserAgentLength } from '../../domain/capture/clean-context.ts'
import { maxConsentAgeDays } from '../../domain/capture/consent.ts'
import { visitor } from '../../domain/capture/lead-profile.ts'
import { emailInput, personName, phoneInput } from '../../domain/fields/person-fields.ts'
import {
  contextUrl,
  instant,
  recordId,
  singleLine,
  slug,
  stateInput,
  url,
  verbatimText,
  zip,
} from '../../domain/vocabulary.ts'

/** How a caller identifies its source. A page sends the publishable key; a server sends `Authorization` instead. */
export const sourceHeaders = z.object({
  'x-source-key': z.string().optional().meta({ description: 'The publishable key of the source.' }),
  origin: z.string().optional(),
})

/** An invalid header is ignored, because a trace is no reason to refuse a request. */
export const traceHeaders = {
  traceparent: z
    .string()
    .optional()
    .meta({
      description:
        'W3C Trace Context of the request. Webhooks carry its trace id. If it is not valid, it is ignored and a new one ' +
        'is created.',
    }),
}

export const contact = z
  .strictObject({
    firstName: personName,
    lastName: personName,
    email: emailInput,
    phone: phoneInput,
    zip,
    state: stateInput.optional().meta({
      description:
        'If it is sent, it must be the state of the ZIP code, or one of the states in which that ZIP code lies.',
    }),
  })
  .meta({ id: 'Contact' })

/** Fields of every lead, with our consent text or a publisher's own. */
export const personFields = { contact, ...visitor }
export const contextFields = {
  page: z
    .strictObject({ url: contextUrl, referrer: contextUrl.optional() })
    .meta({ description: 'Where the form was. If it is left out, it is taken from the `Origin` header.' }),
  trustedFormCertUrl: url
    .optional()
    .meta({ description: 'TrustedForm certificate of how the form was filled in, if there is one.' }),
  leadIdToken: z
    .string()
    .max(100)
    .optional()
    .meta({ description: 'LeadiD token of Jornaya (`universal_leadid`), if the form has one.' }),
  globalPrivacyControl: z
    .boolean()
    .optional()
    .meta({
      description:
        'Whether the browser of the visitor has Global Privacy Control on (`Sec-GPC: 1`, `navigator.globalPrivacyControl`). Then click ' +
        'IDs, the query of the page and its referrer are not stored, and schools get no IP address and no user agent.',
    }),
  test: z.boolean().default(false).meta({
    description:
      'Processed and delivered like any lead, but marked as a test, and never billed or counted. A page may send it only for a source in test mode; a few an hour reach a live endpoint.',
  }),
}
/** Fields by which visitors are told apart from bots. They do not change the response. */
export const spamFields = {
  formToken: z.string().optional().meta({ description: 'As /v1/matches returned it. Valid for one lead.' }),
  website: z
    .string()
    .optional()
    .meta({
      description:
        'Honeypot: the page has a text field of this name that no visitor sees or reaches by keyboard, with autocomplete ' +
        'off, and sends its content. Only bots fill it in.',
    }),
  turnstileToken: z
    .string()
    .max(8000)
    .optional()
    .meta({ description: 'The Cloudflare Turnstile token, if the source requires one.' }),
}

export const grantedField = z.literal(true, 'must be true: a lead needs the consent of the visitor')

/** The body of a publisher's server that showed a consent text of its own. It is matched and routed in one call. */
export const serverLeadRequest = z
  .strictObject({
    careerSlug: slug,
    programId: recordId.optional(),
    ...personFields,
    consent: z.strictObject({
      granted: grantedField,
      text: verbatimText(12_000).meta({
        description: 'The text that was shown, unchanged. It is stored with its SHA-256.',
      }),
      schoolsNamed: z
        .array(recordId)
        .min(1)
        .max(20)
        .meta({ description: 'IDs of the schools that the text names. The lead goes to no other school.' }),
      grantedAt: instant.optional().meta({
        description:
          `When the visitor agreed, if that was earlier: at most ${maxConsentAgeDays} days ago. It is stored as the claim of the publisher; a ` +
          'withdrawal since then stands. Absent: now.',
      }),
      ip: z.union([z.ipv4(), z.ipv6()]).optional().meta({ description: 'The IP address of the visitor.' }),
      userAgent: singleLine(maxUserAgentLength).optional().meta({ description: "The visitor's browser." }),
    }),
    ...contextFields,
  })
  .meta({ id: 'ServerLeadRequest' })
