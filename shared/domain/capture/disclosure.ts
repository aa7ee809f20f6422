/**
 * The consent text that names the schools. Texts are dated data: once shown, a version is never edited, since the
 * text must be rebuilt byte for byte years later (consent is kept 5 years, 16 CFR 310.5).
 *
 * What it must say: who may call, at which number, that automated calls and texts may come, and that consent is not a
 * condition of purchase (47 CFR 64.1200(f)(9)). Naming every school is our rule, not a federal duty since 2025-01-24.
 */
const consentTexts: { [version: string]: (schools: string) => string } = {
  '2026-11-01': (schools) =>
    `By choosing “Request information” I give my electronic signature and agree that ${schools} may contact me about ` +
    'education at the phone number and the e-mail address that I have given here, by call, text message and e-mail, also ' +
    'with automated dialling and with recorded or artificial voices, and even if my number is on a do-not-call list. ' +
    'I need not agree in order to enrol or to buy anything. Message and data rates may apply. ' +
    'I can withdraw my consent at any time by any reasonable means.',
}
const noSchool = 'No school matches this enquiry just now, so nobody is given permission to contact me.'

export const currentDisclosureVersion = '2026-11-01'
/** Stands where a publisher's server showed a text of its own, which is kept as it was given. */
export const ownDisclosureVersion = 'own-text'

/** The text of that version, for these schools in this order; nothing where the version never was. */
export function disclosureText(version: string, schoolNames: readonly string[]): string | undefined {
  const render = Object.hasOwn(consentTexts, version) ? consentTexts[version] : undefined
  if (!render) return undefined
  return schoolNames.length === 0 ? noSchool : render(joinNames(schoolNames))
}

/** What stands above every sponsored list (FTC v. LendEDU: paid placement is said above the list and at each item). */
export const listingDisclosure = {
  version: '2026-11-01',
  text:
    'The schools below pay to be listed here, and what they pay affects whether and where they appear. They are not all ' +
    'the schools that teach this subject, and they are not free: tuition and other costs differ by program and place. ' +
    'Request tuition information before you decide on a program.',
}
export const rankingBasis =
  'Sponsored schools come first, ordered by their paid placement; schools of the same placement are ordered by name.'

// By hand, and never by the locale data of the day: the text must come out the same years from now.
function joinNames(names: readonly string[]): string {
  const last = names.at(-1) ?? ''
  if (names.length < 3) return names.join(' and ')
  return `${names.slice(0, -1).join(', ')}, and ${last}`
}
