import type { Brand } from '#web/landing/brand.ts'
import { policyPaths } from '#web/landing/landing-request.ts'
import { sampleSiteText } from '#web/words/landing.ts'

/** The landing pages of `npm start`. */
export const sampleBrand: Brand = {
  name: sampleSiteText.name,
  tagline: sampleSiteText.tagline,
  footer: sampleSiteText.footer,
  privacyUrl: policyPaths.privacy,
  termsUrl: policyPaths.terms,
  isSample: true,
}
