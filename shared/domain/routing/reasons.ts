/**
 * Why a campaign may be refused a lead, in the order in which the checks run: the first refusal is the one shown.
 * A campaign's own rule may add codes of its own (`CUSTOM_RULE` where it gives none).
 */
export const reasons = {
  CAMPAIGN_INACTIVE: 'The campaign is paused.',
  SCHOOL_INACTIVE: 'The school is paused.',
  SOURCE_RULE: 'The source may not send such a lead.',
  SCHOOL_NOT_NAMED_IN_CONSENT: 'The consent text that the visitor saw did not name this school.',
  SCHOOL_REJECTED: 'The school has already rejected this lead.',
  SUPPRESSED: 'The visitor has asked not to be contacted.',
  PROGRAM: 'None of the programs that the campaign promotes is the one that the visitor asked for.',
  STATE: 'None of the programs is offered in the visitor’s state.',
  ZIP: 'The ZIP code is outside the area that the campaign wants.',
  AGE: 'The age is outside what the campaign wants.',
  EDUCATION_LEVEL: 'The level of education is not one that the campaign wants.',
  START_WINDOW: 'The visitor wants to start at a time that the campaign does not want.',
  MODALITY: 'No program is taught in the way that the visitor asked for.',
  MILITARY: 'The military status is not one that the campaign wants.',
  GPA: 'The grade point average is not one that the campaign wants.',
  QUESTION: 'An answer to the program’s questions does not qualify.',
  CUSTOM_RULE: 'A rule of the campaign’s own does not hold.',
  DUPLICATE: 'The person has sent an enquiry through this source already.',
  DUPLICATE_SCHOOL: 'The school already has an enquiry from this person.',
  OUTSIDE_HOURS: 'The campaign does not take leads at this hour.',
  CAP_HOUR: 'The cap for this hour is reached.',
  CAP_DAY: 'The cap for this day is reached.',
  CAP_WEEK: 'The cap for this week is reached.',
  CAP_MONTH: 'The cap for this month is reached.',
  CAP_TOTAL: 'The cap of the campaign is reached.',
  CAP_SPEND: 'The budget is spent.',
  CREDIT_LIMIT: 'The school’s credit is used up.',
  OUTRANKED: 'A better-placed campaign took the lead.',
  MAX_SALES_REACHED: 'As many schools as the source allows already take the lead.',
} as const satisfies { [code: string]: string }

export type Reason = keyof typeof reasons
