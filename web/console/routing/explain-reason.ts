import { type Reason, reasons } from '#shared/domain/routing/reasons.ts'

/** What staff can do about a reason, for each that there is: one more is a type error here until it has its sentence. */
const fixes: { readonly [code in Reason]: string } = {
  CAMPAIGN_INACTIVE: 'Set the campaign to active if the school wants leads again.',
  SCHOOL_INACTIVE: 'Set the school to active if it wants leads again.',
  SOURCE_RULE: 'Look at the acceptance rules of the source.',
  SCHOOL_NOT_NAMED_IN_CONSENT:
    'Nothing mends that for this lead: only who was named may have it. For the next one, see why the match left the school out.',
  SCHOOL_REJECTED: 'Ask the school why; it is not asked twice about one lead.',
  SUPPRESSED: 'Nothing: this person is to be left alone.',
  PROGRAM: 'Add the program to the campaign if the school wants leads for it.',
  STATE: 'Look at the states of the programs.',
  ZIP: 'Look at the ZIP rule of the campaign.',
  AGE: 'Look at the age rule of the campaign.',
  EDUCATION_LEVEL: 'Look at the education rule of the campaign.',
  START_WINDOW: 'Look at the rule on when to start in the campaign.',
  MODALITY: 'Look at how the programs of the campaign are taught.',
  MILITARY: 'Look at the military rule of the campaign.',
  GPA: 'Look at the grade rule of the campaign.',
  QUESTION: 'Look at the questions of the program, and which answers qualify.',
  CUSTOM_RULE: 'Look at the rules of the campaign.',
  DUPLICATE: 'Nothing: find the first lead of this person instead.',
  DUPLICATE_SCHOOL: 'Nothing: the school has this person from an earlier lead, which can be sent again.',
  OUTSIDE_HOURS: 'Wait, or widen the hours of the campaign.',
  CAP_HOUR: 'Wait for the next hour, or raise the cap.',
  CAP_DAY: 'Wait for the next day, or raise the cap.',
  CAP_WEEK: 'Wait for the next week, or raise the cap.',
  CAP_MONTH: 'Wait for the next month, or raise the cap.',
  CAP_TOTAL: 'Raise the cap if the school buys more.',
  CAP_SPEND: 'Raise the budget if the school pays more.',
  CREDIT_LIMIT: 'Raise the credit when the school has paid.',
  OUTRANKED: 'Raise the priority or weight of the campaign if it should come first.',
  MAX_SALES_REACHED: 'Raise the most sales of the source if visitors agree to hear from more schools.',
}

export type ReasonExplanation = { description: string; fix: string }

/** A reason code in plain words. A campaign’s own rule may have a code of its own. */
export function explainReason(code: string, detail?: string): ReasonExplanation {
  if (!isReason(code))
    return { description: detail ?? `The campaign refuses with its own code ${code}.`, fix: fixes.CUSTOM_RULE }
  const description = detail?.startsWith(reasons[code]) ? detail : [reasons[code], detail].filter(Boolean).join(' ')
  return { description, fix: fixes[code] }
}

function isReason(code: string): code is Reason {
  return Object.hasOwn(reasons, code)
}
