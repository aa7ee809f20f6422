/**
 * The reason codes of verdicts, in the published order: of the refusals that apply, the first is shown and `also` lists the
 * others. What the campaign itself refuses comes before what holds for the whole lead, what lasts before what passes, and
 * "not named" last, because it only follows from another reason. It comes before hours and caps if it does not follow from
 * them: the visitor unchecked the school, its legal name changed, or a publisher's own text does not name it. The rules of
 * a campaign can add codes of their own; a rule without a code has `CUSTOM_RULE`.
 */
export const reasons = {
  CONSENT_TEXT_INCOMPLETE: 'The publisher’s consent text lacks something that the rules on calls ask for.',
  CAMPAIGN_INACTIVE: 'The campaign is paused.',
  SCHOOL_INACTIVE: 'The school is paused.',
  SCHOOL_REJECTED: 'The school has already rejected this lead.',
  PROGRAM: 'The campaign does not promote the requested program.',
  STATE: 'No program of the campaign is offered in the visitor’s state.',
  ZIP: 'The campaign does not accept this ZIP code.',
  AGE: 'The campaign does not accept this age.',
  EDUCATION_LEVEL: 'The campaign does not accept this level of education.',
  START_WINDOW: 'The campaign does not accept this start date.',
  MODALITY: 'No program is offered in the requested format.',
  MILITARY: 'The campaign does not accept this military status.',
  GPA: 'The campaign does not accept this grade point average.',
  QUESTION: 'An answer to the program’s questions does not qualify.',
  CERTIFICATE: 'The campaign does not accept the certificate of the lead.',
  CUSTOM_RULE: 'The lead does not match a rule of the campaign.',
  SOURCE_RULE: 'The rules of the source do not allow this lead.',
  SUPPRESSED: 'The visitor has asked not to be contacted.',
  DUPLICATE: 'This person already sent a lead through this source.',
  DUPLICATE_SCHOOL: 'The school already has a lead from this person.',
  OUTSIDE_HOURS: 'The campaign is outside its business hours.',
  CAP_HOUR: 'The hourly cap is reached.',
  CAP_DAY: 'The daily cap is reached.',
  CAP_WEEK: 'The weekly cap is reached.',
  CAP_MONTH: 'The monthly cap is reached.',
  CAP_TOTAL: 'The total cap is reached.',
  CAP_SPEND: 'The budget is spent.',
  CREDIT_LIMIT: 'The school’s credit is used up.',
  OUTRANKED: 'A campaign with a better rank got the lead.',
  MAX_SALES_REACHED: 'The maximum number of schools for this lead is reached.',
  SCHOOL_NOT_NAMED_IN_CONSENT: 'The consent text that the visitor saw did not name this school.',
} as const satisfies { [code: string]: string }

export type Reason = keyof typeof reasons

export function isPublishedReason(code: string): code is Reason {
  return Object.hasOwn(reasons, code)
}
