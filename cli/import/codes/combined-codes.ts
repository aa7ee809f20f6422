import { soc2018 } from './soc-2018.ts'

/** A code under which the Bureau publishes several detailed occupations of SOC 2018 together. */
type CombinedCode = { code: string; parts: readonly string[]; since: number; until?: number }

/**
 * Codes that the Bureau made itself, because no broad occupation of SOC 2018 has exactly these parts. `since` and `until`: the May of the
 * wages, and the base year of the projections. Source: the occupation profiles and "SOC 2018 hybrid structure" of
 * https://www.bls.gov/oes/soc_2018.htm, and the crosswalk of the National Employment Matrix, https://www.bls.gov/emp/documentation/crosswalks.htm.
 */
const combinedCodes: readonly CombinedCode[] = [
  // As the files of May 2023 and May 2024 have them.
  { code: '21-1018', parts: ['21-1011', '21-1014'], since: 2019 },
  { code: '25-2052', parts: ['25-2055', '25-2056'], since: 2019 },
  { code: '25-9045', parts: ['25-9042', '25-9043', '25-9049'], since: 2019 },
  { code: '51-2028', parts: ['51-2022', '51-2023'], since: 2019 },
  { code: '53-1047', parts: ['53-1042', '53-1043', '53-1044', '53-1049'], since: 2019 },
  // The two years in which occupations of 2010 were published together with those of 2018, with their titles, which name the parts.
  // Personal Service Managers, All Other; Entertainment and Recreation Managers, Except Gambling; and Managers, All Other.
  { code: '11-9198', parts: ['11-9072', '11-9179', '11-9199'], since: 2019, until: 2020 },
  // Project Management Specialists and Business Operations Specialists, All Other.
  { code: '13-1198', parts: ['13-1082', '13-1199'], since: 2019, until: 2020 },
  // Financial and Investment Analysts, Financial Risk Specialists, and Financial Specialists, All Other.
  { code: '13-2098', parts: ['13-2051', '13-2054', '13-2099'], since: 2019, until: 2020 },
  // Database Administrators and Architects.
  { code: '15-1245', parts: ['15-1242', '15-1243'], since: 2019, until: 2020 },
  // Software Developers and Software Quality Assurance Analysts and Testers.
  { code: '15-1256', parts: ['15-1252', '15-1253'], since: 2019, until: 2020 },
  // Web Developers and Digital Interface Designers.
  { code: '15-1257', parts: ['15-1254', '15-1255'], since: 2019, until: 2020 },
  // Data Scientists and Mathematical Science Occupations, All Other.
  { code: '15-2098', parts: ['15-2051', '15-2099'], since: 2019, until: 2020 },
  // Calibration and Engineering Technologists and Technicians, Except Drafters, All Other.
  { code: '17-3098', parts: ['17-3028', '17-3029'], since: 2019, until: 2020 },
  // Clinical, Counseling, and School Psychologists.
  { code: '19-3031', parts: ['19-3033', '19-3034'], since: 2019, until: 2020 },
  // Geological and Hydrologic Technicians.
  { code: '19-4045', parts: ['19-4043', '19-4044'], since: 2019, until: 2020 },
  // Teachers and Instructors, All Other, Except Substitute Teachers.
  { code: '25-3097', parts: ['25-3041', '25-3099'], since: 2019, until: 2020 },
  // Lighting Technicians and Media and Communication Equipment Workers, All Other.
  { code: '27-4098', parts: ['27-4015', '27-4099'], since: 2019, until: 2020 },
  // Physicians, All Other; and Ophthalmologists, Except Pediatric.
  {
    code: '29-1228',
    parts: ['29-1212', '29-1213', '29-1214', '29-1217', '29-1222', '29-1224', '29-1229', '29-1241'],
    since: 2019,
    until: 2020,
  },
  // Surgeons, Except Ophthalmologists.
  { code: '29-1248', parts: ['29-1242', '29-1243', '29-1249'], since: 2019, until: 2020 },
  // Acupuncturists and Healthcare Diagnosing or Treating Practitioners, All Other.
  { code: '29-1298', parts: ['29-1291', '29-1299'], since: 2019, until: 2020 },
  // Medical Dosimetrists, Medical Records Specialists, and Health Technologists and Technicians, All Other.
  { code: '29-2098', parts: ['29-2036', '29-2072', '29-2099'], since: 2019, until: 2020 },
  // Health Information Technologists, Medical Registrars, Surgical Assistants, and Healthcare Practitioners and Technical Workers, All Other.
  { code: '29-9098', parts: ['29-9021', '29-9093', '29-9099'], since: 2019, until: 2020 },
  // School Bus Monitors and Protective Service Workers, All Other.
  { code: '33-9098', parts: ['33-9094', '33-9099'], since: 2019, until: 2020 },
  // First-Line Supervisors of Personal Service and Entertainment and Recreation Workers, Except Gambling Services.
  { code: '39-1098', parts: ['39-1014', '39-1022'], since: 2019, until: 2020 },
  // Crematory Operators and Personal Care and Service Workers, All Other.
  { code: '39-9098', parts: ['39-4012', '39-9099'], since: 2019, until: 2020 },
  // Passenger Vehicle Drivers, Except Bus Drivers, Transit and Intercity.
  { code: '53-3058', parts: ['53-3051', '53-3053', '53-3054'], since: 2019, until: 2020 },
  // Aircraft Service Attendants and Transportation Workers, All Other.
  { code: '53-6098', parts: ['53-6032', '53-6099'], since: 2019, until: 2020 },
]

/** Where the figures of an occupation stand: under its own code, or under one that counts all of `parts` together. */
export type PublishedCode = { code: string; parts?: readonly string[] }

/**
 * Finds the code under which a file publishes an occupation; undefined if the file has none for it.
 * @param publishedCodes detailed codes of the file @param year the May of the wages, or the base year of the projections
 */
export function findPublishedCode(
  soc: string,
  publishedCodes: ReadonlySet<string>,
  year: number,
): PublishedCode | undefined {
  if (publishedCodes.has(soc)) {
    const parts = listCombinedParts(soc, publishedCodes, year)
    return parts.length > 1 ? { code: soc, parts } : { code: soc }
  }
  const candidates = [...listCombinedCodes(year).map(({ code }) => code), toBroadCode(soc)]
  for (const code of candidates) {
    const parts = publishedCodes.has(code) ? listCombinedParts(code, publishedCodes, year) : []
    if (parts.includes(soc)) return { code, parts }
  }
  return undefined
}

/** The detailed occupations that a code counts together in this file; none if it is no combination. */
export function listCombinedParts(code: string, publishedCodes: ReadonlySet<string>, year: number): string[] {
  if (soc2018.has(code)) return []
  const listed = listCombinedCodes(year).find((one) => one.code === code)
  if (listed) return [...listed.parts]
  // A broad occupation in place of its detailed ones counts those that have no row of their own.
  return code.endsWith('0') ? listDetailedOf(code).filter((soc) => !publishedCodes.has(soc)) : []
}

/** The detailed occupations that a code may stand for, in files that know only detailed ones, such as O*NET. */
export function listDetailedCodes(code: string): readonly string[] {
  if (soc2018.has(code)) return [code]
  return combinedCodes.find((one) => one.code === code)?.parts ?? (code.endsWith('0') ? listDetailedOf(code) : [])
}

/** Whether any release publishes figures under this code that is no detailed occupation. */
export function isCombinedCode(code: string): boolean {
  return !soc2018.has(code) && listDetailedCodes(code).length > 0
}

function listCombinedCodes(year: number): CombinedCode[] {
  return combinedCodes.filter(({ since, until = Number.POSITIVE_INFINITY }) => since <= year && year <= until)
}

function listDetailedOf(broadCode: string): string[] {
  return [...soc2018].filter((soc) => toBroadCode(soc) === broadCode)
}

function toBroadCode(soc: string): string {
  return `${soc.slice(0, 6)}0`
}
