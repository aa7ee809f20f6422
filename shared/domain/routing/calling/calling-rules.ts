import { daysBetween } from '../../time.ts'
import {
  christmas,
  columbusDay,
  dayAfterThanksgiving,
  goodFriday,
  type Holiday,
  independenceDay,
  juneteenth,
  laborDay,
  mardiGras,
  martinLutherKing,
  memorialDay,
  newYear,
  type Observance,
  presidentsDay,
  thanksgiving,
  veteransDay,
} from './holidays.ts'
import { zipZonesCheckedOn } from './time-zone-of-zip.ts'

/** From when to when a call is allowed, as local times such as 08:00. */
type Hours = { from: string; to: string }
export type CallingRule = {
  /** `US` for the whole country, else the state. */
  id: string
  weekdays: Hours
  saturday: Hours | 'closed'
  sunday: Hours | 'closed'
  /** Days without calls. Absent: calls are allowed on holidays. */
  holidays?: readonly Holiday[]
  observance?: Observance
  law: string
  /** Where the row was read, and whether that has the text of the law or only a summary of it. */
  source: string
  evidence: 'law' | 'summary'
  /** When it was last compared with its source: a day, as 2026-11-29. */
  checkedOn: string
  /** When a change of it came into force, if that was within the last years. */
  since?: string
}

/** A row that was not checked for so many days is out of date, and staff are alerted. */
export const maxRuleAgeDays = 365

const checkedOn = '2026-11-29'
const bySummary = (source: string) => ({ source, evidence: 'summary', checkedOn }) as const
const byLaw = (source: string) => ({ source, evidence: 'law', checkedOn }) as const
// Of 2025-11-01 and of July 2025.
const dropCowboy = bySummary('https://www.dropcowboy.com/state-compliance')
const clickPoint = bySummary('https://blog.clickpointsoftware.com/telemarketing-calling-hours-by-state')
const everyDay = (from: string, to: string) => ({
  weekdays: { from, to },
  saturday: { from, to },
  sunday: { from, to },
})
const notOnSunday = (from: string, to: string) => ({ ...everyDay(from, to), sunday: 'closed' as const })

/** Calls to a person in any state: by the clock of the place where the person is. */
export const federalRule: CallingRule = {
  id: 'US',
  ...everyDay('08:00', '21:00'),
  law: '47 CFR 64.1200(c)(1), 16 CFR 310.4(c)',
  ...byLaw('https://www.ecfr.gov/current/title-47/section-64.1200'),
}

/**
 * The states that allow less. Some of these laws do not apply to a person who agreed to the call; the rows are applied as
 * if none of them had an exemption. So a window is rather too short than too long.
 */
export const stateRules: readonly CallingRule[] = [
  {
    id: 'AL',
    ...notOnSunday('08:00', '20:00'),
    holidays: [
      newYear,
      martinLutherKing,
      presidentsDay,
      { name: 'Confederate Memorial Day', month: 4, weekday: 1, nth: 4 },
      memorialDay,
      { name: 'Jefferson Davis’ Birthday', month: 6, weekday: 1, nth: 1 },
      juneteenth,
      independenceDay,
      laborDay,
      columbusDay,
      veteransDay,
      thanksgiving,
      { name: 'Mrs. Rosa L. Parks Day', month: 12, day: 1 },
      christmas,
    ],
    observance: { saturday: 'friday', sunday: 'monday' },
    law: 'Alabama PSC Telephone Rules; holidays: Ala. Code 1-3-8',
    ...dropCowboy,
  },
  {
    id: 'CT',
    ...everyDay('09:00', '20:00'),
    law: 'Conn. Gen. Stat. 42-288a, as changed by Public Act 23-98',
    ...dropCowboy,
    since: '2023-10-01',
  },
  { id: 'FL', ...everyDay('08:00', '20:00'), law: 'Fla. Stat. 501.616(6)', ...clickPoint },
  { id: 'KY', ...everyDay('10:00', '21:00'), law: 'KRS 367.46955', ...clickPoint },
  {
    id: 'LA',
    ...notOnSunday('08:00', '20:00'),
    holidays: [
      newYear,
      martinLutherKing,
      mardiGras,
      goodFriday,
      memorialDay,
      juneteenth,
      independenceDay,
      laborDay,
      { name: 'Election Day', election: 'even-years' },
      veteransDay,
      thanksgiving,
      dayAfterThanksgiving,
      christmas,
    ],
    law: 'Louisiana PSC Do Not Call General Order, La. R.S. 45:844.14',
    ...clickPoint,
  },
  { id: 'MA', ...everyDay('08:00', '20:00'), law: 'Mass. Gen. Laws c. 159C, s. 3', ...clickPoint },
  {
    id: 'MD',
    ...everyDay('08:00', '20:00'),
    law: 'Md. Code, Com. Law 14-4502',
    ...dropCowboy,
    since: '2024-01-01',
  },
  { id: 'MI', ...everyDay('09:00', '21:00'), law: 'MCL 484.125', ...clickPoint },
  { id: 'MN', ...everyDay('09:00', '21:00'), law: 'Minn. Stat. 325E.30', ...dropCowboy },
  {
    id: 'MS',
    ...notOnSunday('08:00', '20:00'),
    law: 'Miss. Code 77-3-723',
    ...byLaw('https://getpocketlaw.com/law/state_mississippi/section-77-3-723-rules-for-authorized-calls_57b73fa7ff73'),
  },
  { id: 'NM', ...everyDay('09:00', '21:00'), law: 'N.M. Stat. 57-12-22', ...dropCowboy },
  { id: 'NV', ...everyDay('09:00', '20:00'), law: 'NRS 598.0918', ...dropCowboy },
  { id: 'OK', ...everyDay('08:00', '20:00'), law: 'Okla. Stat. tit. 15, 775C.4', ...clickPoint },
  {
    id: 'OR',
    ...everyDay('08:00', '20:00'),
    law: 'Or. Laws 2025, House Bill 3865',
    ...bySummary('https://www.jdsupra.com/legalnews/oregon-passes-new-telephone-8210765'),
    since: '2026-01-01',
  },
  {
    id: 'PA',
    ...everyDay('08:00', '21:00'),
    holidays: [
      newYear,
      martinLutherKing,
      presidentsDay,
      goodFriday,
      memorialDay,
      { name: 'Flag Day', month: 6, day: 14 },
      juneteenth,
      independenceDay,
      laborDay,
      columbusDay,
      { name: 'Election Day', election: 'every-year' },
      veteransDay,
      thanksgiving,
      christmas,
    ],
    observance: { sunday: 'monday' },
    law: '73 P.S. 2245.2; holidays: 44 P.S. 11',
    ...dropCowboy,
  },
  {
    id: 'RI',
    weekdays: { from: '09:00', to: '18:00' },
    saturday: { from: '10:00', to: '17:00' },
    sunday: 'closed',
    holidays: [
      newYear,
      martinLutherKing,
      presidentsDay,
      { name: 'Rhode Island Independence Day', month: 5, day: 4 },
      memorialDay,
      juneteenth,
      independenceDay,
      { name: 'Victory Day', month: 8, weekday: 1, nth: 2 },
      laborDay,
      columbusDay,
      { name: 'Election Day', election: 'even-years' },
      veteransDay,
      thanksgiving,
      christmas,
    ],
    observance: { sunday: 'monday' },
    law: 'R.I. Gen. Laws 5-61-2 and 5-61-3.6; holidays: 25-1-1',
    ...dropCowboy,
  },
  {
    id: 'SD',
    ...notOnSunday('09:00', '21:00'),
    saturday: 'closed',
    law: 'SDCL 37-30-28 (calls by an automated system)',
    ...byLaw('https://lexace.ai/us/statute/south-dakota/37-30-28'),
  },
  {
    id: 'TX',
    ...everyDay('09:00', '21:00'),
    sunday: { from: '12:00', to: '21:00' },
    law: 'Tex. Bus. & Com. Code 301.051',
    ...dropCowboy,
  },
  {
    id: 'UT',
    ...notOnSunday('08:00', '21:00'),
    holidays: [
      newYear,
      martinLutherKing,
      presidentsDay,
      memorialDay,
      juneteenth,
      independenceDay,
      { name: 'Pioneer Day', month: 7, day: 24 },
      laborDay,
      columbusDay,
      veteransDay,
      thanksgiving,
      christmas,
    ],
    observance: { saturday: 'friday', sunday: 'monday' },
    law: 'Utah Code 13-25a-103(3); holidays: 63G-1-301',
    ...byLaw('https://codes.findlaw.com/ut/title-13-commerce-and-trade/ut-code-sect-13-25a-103/'),
  },
  { id: 'WA', ...everyDay('08:00', '20:00'), law: 'RCW 80.36.390', ...dropCowboy, since: '2022-06-09' },
  { id: 'WY', ...everyDay('08:00', '20:00'), law: 'Wyo. Stat. 40-12-302', ...dropCowboy },
]

const rulesByState = new Map(stateRules.map((rule) => [rule.id, rule]))

/** The rule of the state, which is stricter, or else the federal one. */
export function getCallingRule(state: string): CallingRule {
  return rulesByState.get(state) ?? federalRule
}

/** The rows that were not checked for too long at an instant, by ID; `ZIP` is the table of time zones. */
export function listStaleRules(at: string): string[] {
  const rows = [federalRule, ...stateRules, { id: 'ZIP', checkedOn: zipZonesCheckedOn }]
  return rows.filter((row) => daysBetween(row.checkedOn, at) > maxRuleAgeDays).map(({ id }) => id)
}
