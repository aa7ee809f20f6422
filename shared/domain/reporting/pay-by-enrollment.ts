/** Why no price and no payout may depend on what becomes of a student: 34 CFR 668.14(b)(22), and the guidance of 2011-04-25 on it. */
export const payByEnrollmentSentence =
  'is not allowed: leads are priced per lead, and pay may not depend on enrollment or financial aid (34 CFR 668.14(b)(22))'

/** Whether the name of a field asks for pay that depends on enrollment, such as `pricePerEnrollmentCents` or `enrolmentBonus`. */
export function isPayByEnrollment(fieldName: string): boolean {
  const words = fieldName.toLowerCase()
  return (
    /enrol|matricul|startfee|tuitionshare|tuitionpercent/.test(words) &&
    /price|pay|cents|fee|bonus|bounty|commission|share|percent|cost|amount/.test(words)
  )
}
