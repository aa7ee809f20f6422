import type { Consent } from '#shared/domain/capture/consent.ts'

/** What a visitor asked for and agreed to, however it was shown: the very text, and the schools that may have the lead. */
export type ConsentInput = {
  careerSlug: string
  programId: string | undefined
  disclosure: Consent['disclosure']
  schoolIds: readonly string[]
  /** Where the visitor was when they agreed, as far as it is known. */
  ip: string | undefined
  userAgent: string | undefined
}
