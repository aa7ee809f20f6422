import type * as z from 'zod'
import type { educationLevel, startWindow } from '#shared/domain/vocabulary.ts'
import { sampleSourceId } from '../sample/sources.ts'
import type { SampleState } from './invented-people.ts'
import { pick } from './seeded-random.ts'

/** A visitor who requests information. `at` is in milliseconds since 1970. */
export type WeekVisit = {
  at: number
  state: SampleState
  careerSlug: string
  highestLevel: z.output<typeof educationLevel>
  startWindow: z.output<typeof startWindow>
  sourceId: string
  /** How many schools the visitor selects, and which one is among them if it matches. */
  schoolCount: number
  wants?: string
  answers?: { [question: string]: string | number | boolean }
  /** `bot`: a program filled in the form. `repeat`: a person who sent a request before. */
  kind: 'person' | 'bot' | 'repeat'
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
export const weekMs = 7 * dayMs

export const sourceIds = { own: sampleSourceId, page: 'career-compass', partner: 'campus-finder' } as const
export const schoolInOutage = 'saltmarsh-bay-university'
/** By the hour in US Central Standard Time: how many visitors come, in any unit. */
const visitorsByHour = [2, 1, 1, 1, 1, 2, 4, 7, 10, 12, 13, 13, 14, 13, 12, 12, 11, 11, 12, 13, 13, 11, 8, 4]
const centralOffsetMs = 6 * hourMs
const ordinaryVisits = 130

/**
 * Everyone who comes in the week before `endsAt`, oldest first: ordinary visitors as the hours of the day bring them; one busy
 * day on which a daily cap of 40 is reached; a few minutes before the end, visitors whose leads have no status yet; a
 * school that has just stopped answering; programs in the place of visitors; and people who come again.
 */
export function planVisits(endsAt: number, random: () => number): WeekVisit[] {
  const startsAt = endsAt - weekMs
  const visits = [
    ...planOrdinaryVisits(startsAt, endsAt, random),
    ...planBusyDay(endsAt, random),
    ...latestAges.map(([minutes, state, wants]) => ({
      ...plainVisit(endsAt - minutes * minuteMs, state, random),
      sourceId: sourceIds.own,
      schoolCount: 1 + Math.floor(random() * 2),
      wants,
    })),
    ...outageAges.map((minutes) => ({
      ...plainVisit(endsAt - minutes * minuteMs, 'CA', random),
      careerSlug: 'health-record-technician',
      sourceId: sourceIds.own,
      schoolCount: 1,
      wants: schoolInOutage,
    })),
    ...registrarAges.map((hours) => ({
      ...plainVisit(endsAt - hours * hourMs, 'OH', random),
      careerSlug: 'cancer-registrar',
      sourceId: sourceIds.own,
      schoolCount: 1,
      wants: 'buckthorn-valley-college',
    })),
    ...botAges.map((hours) => ({
      ...plainVisit(endsAt - hours * hourMs, 'TX', random),
      sourceId: sourceIds.page,
      kind: 'bot' as const,
    })),
    ...repeatAges.map((hours) => ({
      ...plainVisit(endsAt - hours * hourMs, 'TX', random),
      sourceId: sourceIds.partner,
      kind: 'repeat' as const,
    })),
  ]
  return visits.toSorted((one, other) => one.at - other.at)
}

const latestAges: [minutes: number, state: SampleState, wants: string][] = [
  ...[4, 9, 14, 26, 41, 58, 77, 96, 130, 170, 205].map((minutes): [number, SampleState, string] => [
    minutes,
    'TX',
    'lone-prairie-college',
  ]),
  [6, 'FL', 'heron-key-college'],
  [22, 'CA', 'sierra-lantern-university'],
  [35, 'FL', 'mangrove-point-institute'],
]
/** The fifth failure opens the circuit, and each probe doubles the pause or more: with these ages the last one failed two minutes ago. */
const outageAges = [18, 11, 5, 2.5]
/** A delivery to a mailbox that bounced is looked at each hour, so these are of the last day. */
const registrarAges = [19, 11, 4]
const botAges = [1.5, 7, 31, 55, 92]
const repeatAges = [11, 34, 60]

function planOrdinaryVisits(startsAt: number, endsAt: number, random: () => number): WeekVisit[] {
  const hours = Array.from({ length: Math.floor((endsAt - startsAt) / hourMs) }, (_, index) => {
    const at = startsAt + index * hourMs
    const localHour = Math.floor(((at - centralOffsetMs) % dayMs) / hourMs)
    return { at, weight: visitorsByHour[localHour] ?? 1 }
  })
  const totalWeight = hours.reduce((sum, { weight }) => sum + weight, 0)
  // A running sum, so that the week has the same number of visitors whenever it starts.
  let sum = 0
  return hours.flatMap(({ at, weight }) => {
    const before = Math.round((sum / totalWeight) * ordinaryVisits)
    sum += weight
    const count = Math.round((sum / totalWeight) * ordinaryVisits) - before
    return Array.from({ length: count }, () =>
      plainVisit(Math.floor(at + random() * hourMs), pick(['TX', 'TX', 'CA', 'FL', 'OH'], random), random),
    )
  })
}

/** Three days ago, between 8 a.m. and 8 p.m., more visitors from outside Texas want one certificate than its campaign takes. */
function planBusyDay(endsAt: number, random: () => number): WeekVisit[] {
  const localDayStartsAt = Math.floor((endsAt - centralOffsetMs) / dayMs) * dayMs + centralOffsetMs - 3 * dayMs
  const [from, to] = [localDayStartsAt + 8 * hourMs, localDayStartsAt + 20 * hourMs]
  return Array.from({ length: busyVisits }, (_, index) => ({
    ...plainVisit(Math.floor(from + ((to - from) * index) / busyVisits), pick(['CA', 'FL', 'OH'], random), random),
    sourceId: sourceIds.partner,
    careerSlug: 'medical-coding-specialist',
    schoolCount: 1,
    wants: 'lone-prairie-college',
  }))
}

const busyVisits = 45

function plainVisit(at: number, state: SampleState, random: () => number): WeekVisit {
  const motivation = random() < 0.3 ? pick(motivations, random) : undefined
  return {
    at,
    state,
    careerSlug: pick(careers, random),
    highestLevel: pick(levels, random),
    startWindow: pick(windows, random),
    sourceId: pick([sourceIds.own, sourceIds.page, ...partnerShare], random),
    schoolCount: pick([1, 1, 1, 2, 3], random),
    answers: {
      gpa: Math.round((2.4 + random() * 1.6) * 10) / 10,
      classTime: pick(['weekday-mornings', 'weekday-evenings', 'saturdays'], random),
      hasCredits: random() < 0.4,
      holdsBachelor: false,
      ...(motivation !== undefined && { motivation }),
    },
    kind: 'person',
  }
}

/** Most leads come from the partner. */
const partnerShare = [sourceIds.partner, sourceIds.partner, sourceIds.partner] as const
const careers = [
  'health-record-technician',
  'health-record-technician',
  'health-record-technician',
  'medical-coding-specialist',
  'medical-services-manager',
] as const
const levels = [
  'high-school-diploma',
  'high-school-diploma',
  'high-school-diploma',
  'ged',
  'some-college',
  'some-college',
  'associate',
  'bachelor',
  'none',
] as const
const windows = ['immediately', '1-3-months', '1-3-months', '4-6-months', '7-12-months', 'not-sure'] as const
const motivations = [
  'I work at a front desk in a clinic and want to move into records.',
  'I want work that I can do from home while my kids are in school.',
  'My hospital pays part of the tuition if I finish within two years.',
  'I was a medic and would like to stay in health care.',
  'I am changing careers after ten years in retail.',
] as const
