import { type DisclosureTemplate, renderDisclosureTemplate } from './disclosure-template.ts'

type DisclosureText = Pick<DisclosureTemplate, 'before' | 'after'> & { noSchool: string }

/**
 * Consent texts by version. They are dated data: a version that was shown is never edited, because the text must be
 * rebuilt byte for byte years later (consent is kept 5 years, 16 CFR 310.5).
 *
 * Each text says who may call, at which number, that automated calls and texts may come, and that consent is not a
 * condition of purchase (47 CFR 64.1200(f)(9)). Naming every school is our rule, not a federal duty since 2025-01-24.
 */
const disclosureTexts: { [version: string]: DisclosureText } = {
  '2026-11-01': {
    before: 'By choosing “Request information” I give my electronic signature and agree that ',
    after:
      ' may contact me about education at the phone number and the e-mail address that I have given here, by call, text message and e-mail, also ' +
      'with automated dialling and with recorded or artificial voices, and even if my number is on a do-not-call list. ' +
      'I need not agree in order to enrol or to buy anything. Message and data rates may apply. ' +
      'I can withdraw my consent at any time by any reasonable means.',
    noSchool: 'No school matches this enquiry just now, so nobody is given permission to contact me.',
  },
  '2026-11-28': {
    before: 'By choosing “Request information,” I give my electronic signature and agree that ',
    after:
      ' may contact me about education at the phone number and email address I entered here, by call, text message, and email, using automated ' +
      'dialing technology and prerecorded or artificial voice messages, even if my number is on a do-not-call list. ' +
      'Consent is not required to enroll or to make a purchase. Message and data rates may apply. ' +
      'I can withdraw my consent at any time by any reasonable means.',
    noSchool: 'No school matches this request right now, so no one has permission to contact me.',
  },
}

export const currentDisclosureVersion = '2026-11-28'
/** The version of a consent text that a publisher's server wrote and showed; such a text is stored as it was sent. */
export const ownDisclosureVersion = 'own-text'

/** How the names of the schools are joined, in every version. */
const join: DisclosureTemplate['join'] = { pair: ' and ', separator: ', ', last: ', and ' }

/** The consent text of a version for these schools in this order; undefined if the version does not exist. */
export function renderDisclosureText(version: string, schoolNames: readonly string[]): string | undefined {
  const text = findDisclosureText(version)
  if (!text) return undefined
  return schoolNames.length === 0 ? text.noSchool : renderDisclosureTemplate({ ...text, join }, schoolNames)
}

/** What a page needs in order to render the current text for any of the schools of its match. */
export function getCurrentDisclosureTemplate(): DisclosureTemplate {
  const { before = '', after = '' } = findDisclosureText(currentDisclosureVersion) ?? {}
  return { before, after, join }
}

function findDisclosureText(version: string): DisclosureText | undefined {
  return Object.hasOwn(disclosureTexts, version) ? disclosureTexts[version] : undefined
}

/** Shown above every sponsored list (FTC v. LendEDU: paid placement is disclosed above the list and at each item). */
export const listingDisclosure = {
  version: '2026-11-28',
  text:
    'The schools below pay to be listed here, and payment affects whether and where they appear. This is not every ' +
    'school that teaches this subject. Tuition and other costs vary by program and location. ' +
    'Request tuition information before you choose a program.',
}
export const rankingBasis = 'Listed in order of paid placement, then alphabetically.'
