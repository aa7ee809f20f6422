import { type TableRow, toNumber } from '../files/create-table-reader.ts'
import { readCsv } from '../files/read-csv.ts'
import { readScorecardValue } from './read-scorecard.ts'

const optional = (title: string) => ({ like: new RegExp(`^${title}$`, 'i'), suchAs: title, isOptional: true }) as const
const columns = {
  unitId: 'UNITID',
  name: 'INSTNM',
  city: 'CITY',
  state: 'STABBR',
  zip: 'ZIP',
  url: 'INSTURL',
  accreditor: optional('ACCREDAGENCY'),
  isOperating: optional('CURROPER'),
  tuitionInState: optional('TUITIONFEE_IN'),
  tuitionOutOfState: optional('TUITIONFEE_OUT'),
  completionOfFourYears: optional('C150_4'),
  completionOfLess: optional('C150_L4'),
} as const
type InstitutionRow = TableRow<keyof typeof columns>

/** An institution of the College Scorecard that operates. */
export type Institution = {
  /** In the file; the header is row 1. */
  row: number
  /** IPEDS unit ID, 6 digits. */
  unitId: string
  name: string
  city: string | undefined
  /** Code of the state. */
  state: string
  /** 5 digits. */
  zip: string
  url: string | undefined
  accreditor: string | undefined
  /** Dollars a year, tuition and fees. */
  tuitionInState: number | undefined
  tuitionOutOfState: number | undefined
  /** Share of 1 of first-time, full-time students who completed within 150 % of the normal time. */
  completion: number | undefined
}

/**
 * Reads the institutions of these states, or of all; closed ones are left out.
 * @param onProgress called with the number of rows
 * @throws BadFile
 */
export async function readInstitutions(
  file: string,
  {
    states,
    charset,
    onProgress,
  }: { states?: ReadonlySet<string> | undefined; charset?: string | undefined; onProgress: (rows: number) => void },
): Promise<Institution[]> {
  const institutions: Institution[] = []
  let rowNumber = 1
  for await (const row of readCsv(file, columns, { charset })) {
    rowNumber += 1
    if (rowNumber % 1000 === 0) onProgress(rowNumber)
    const institution = parseInstitution(row, rowNumber)
    if (institution && (!states || states.has(institution.state))) institutions.push(institution)
  }
  return institutions
}

function parseInstitution(row: InstitutionRow, rowNumber: number): Institution | undefined {
  const unitId = readScorecardValue(row('unitId'))
  const name = readScorecardValue(row('name'))
  const state = readScorecardValue(row('state'))
  if (unitId === undefined || name === undefined || state === undefined) return undefined
  if (readScorecardValue(row('isOperating')) === '0') return undefined
  return {
    row: rowNumber,
    unitId,
    name,
    city: readScorecardValue(row('city')),
    state,
    zip: (readScorecardValue(row('zip')) ?? '').slice(0, 5).padStart(5, '0'),
    url: toUrl(readScorecardValue(row('url'))),
    accreditor: readScorecardValue(row('accreditor')),
    tuitionInState: toNumber(row('tuitionInState')),
    tuitionOutOfState: toNumber(row('tuitionOutOfState')),
    completion: toNumber(row('completionOfFourYears')) ?? toNumber(row('completionOfLess')),
  }
}

/** The file has `www.aamu.edu/`. Undefined if it is no address. */
function toUrl(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const address = /^https?:\/\//i.test(text) ? text : `https://${text}`
  return URL.canParse(address) && new URL(address).hostname.includes('.') ? new URL(address).href : undefined
}
