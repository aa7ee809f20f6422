import * as z from 'zod'
import { type Consent, consentElement } from '../consent.ts'
import { ownDisclosureVersion } from '../disclosure.ts'

/** What a written agreement to automated calls must say (47 CFR 64.1200(f)(9)), as the end of a sentence about what lacks. */
export const consentElements: { readonly [element in z.output<typeof consentElement>]: string } = {
  'plain-text': 'the words that the visitor saw, without HTML',
  agreement: 'that the visitor agrees, consents or signs',
  'phone-contact': 'that the visitor may be called or texted at a phone number',
  automated: 'that automated technology or prerecorded voices may be used',
  'not-a-condition': 'that the agreement is not a condition of a purchase',
}

/** How a consent text came to name some schools and no others. */
export const consentNaming = z.object({
  uncheckedSchoolIds: z.array(z.string()).optional(),
  /** Schools that a publisher says its own text names, and that it does not name. */
  missingSchoolIds: z.array(z.string()).optional(),
  missingElements: z.array(consentElement).optional(),
  isOwnText: z.boolean().optional(),
})
export type ConsentNaming = z.output<typeof consentNaming>

export function toConsentNaming({ disclosure, uncheckedSchoolIds, textGaps }: Consent): ConsentNaming {
  return {
    ...(uncheckedSchoolIds && { uncheckedSchoolIds }),
    ...(textGaps && { missingSchoolIds: textGaps.schoolIds, missingElements: textGaps.elements }),
    ...(disclosure.version === ownDisclosureVersion && { isOwnText: true }),
  }
}
